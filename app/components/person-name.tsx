export type PersonNameProps = { username: string; displayName: string };

/** Somebody's name, which they may change, with the one that is theirs alone: two people can call themselves alike. */
export function PersonName({ username, displayName }: PersonNameProps) {
  return (
    <span className="person-name">
      <bdi>{displayName}</bdi>
      {displayName === username ? null : <span className="person-username"> {username}</span>}
    </span>
  );
}
