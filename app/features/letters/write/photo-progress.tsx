import { ButtonRow } from '#app/ui/button.tsx';
import type { PhotoProgress as Progress } from '#core/drafts/add-photos.ts';

const stages = {
  preparing: 'is made ready',
  sealing: 'is sealed',
  sending: 'goes up',
  waiting: 'waits: the network is away, and we try again',
} as const;
const order = ['preparing', 'sealing', 'sending', 'waiting'] as const;

/** How far the photos of a letter have come, and the way to stop. */
export function PhotoProgress({ progress, onCancel }: { progress: Progress; onCancel: () => void }) {
  const { n, count, stage } = progress;
  const done = n - 1 + Math.min(order.indexOf(stage), 2) / 3;
  return (
    <div className="photo-progress">
      <p role="status">
        Photo {n} of {count} {stages[stage]}…
      </p>
      <progress max={count} value={done} aria-label="Photos so far" />
      <ButtonRow>
        <button type="button" className="button button-quiet" onClick={onCancel}>
          Stop
        </button>
      </ButtonRow>
    </div>
  );
}
