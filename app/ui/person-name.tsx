export type PersonNameProps = { username: string; displayName: string };

/** Whether the username says more than the name already does. A former friend has none. */
const isApart = ({ username, displayName }: PersonNameProps) => username !== '' && displayName !== username;

/**
 * A name, which its owner may change, with the username, which is theirs alone: a friend can take the name of another one, also
 * with letters that only look alike.
 */
export function NameApart({ username, displayName }: PersonNameProps) {
  return (
    <>
      <bdi>{displayName}</bdi>
      {isApart({ username, displayName }) ? <span className="person-username"> {username}</span> : null}
    </>
  );
}

/** The same as text. */
export function writeName(person: PersonNameProps): string {
  return isApart(person) ? `${person.displayName} (${person.username})` : person.displayName;
}

/** The name of somebody in a list of people. */
export function PersonName(person: PersonNameProps) {
  return (
    <span className="person-name">
      <NameApart {...person} />
    </span>
  );
}
