import { InvitedBy } from '#app/ui/invited-by.tsx';

/** Where someone is on the way in. `invitedBy` is the display name of who waits at its end. */
export interface Joining {
  invitedBy: string | null;
}

/** Shows above a page of joining how far it is, and who has invited; nothing on other ways there. */
export function JoiningStep({ step, joining }: { step: 1 | 2 | 3 | 4; joining: Joining | null }) {
  if (!joining) return null;
  return (
    <>
      <InvitedBy name={joining.invitedBy} />
      <p className="joining-step">Step {step} of 4</p>
    </>
  );
}
