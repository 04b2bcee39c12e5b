/** Says on the way in who is waiting at its end. */
export function InvitedBy({ name }: { name: string | null }) {
  if (name === null) return null;
  return (
    <p className="invited-by">
      <span>
        <bdi>{name}</bdi> invited you to write letters.
      </span>
    </p>
  );
}
