export type PersonNameProps = { username: string; displayName: string };

/** Tells whether the username adds anything to the name. A former friend has none. */
const isApart = ({ username, displayName }: PersonNameProps) => username !== '' && displayName !== username;

/**
 * A display name with its username, which is unique: a friend can choose another one's name, or
 * letters that look alike.
 */
export function NameApart({ username, displayName }: PersonNameProps) {
  return (
    <>
      <bdi>{displayName}</bdi>
      {isApart({ username, displayName }) ? <span className="person-username"> {username}</span> : null}
    </>
  );
}

export function writeName(person: PersonNameProps): string {
  return isApart(person) ? `${person.displayName} (${person.username})` : person.displayName;
}

export function PersonName(person: PersonNameProps) {
  return (
    <span className="person-name">
      <NameApart {...person} />
    </span>
  );
}
