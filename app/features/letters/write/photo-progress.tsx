import { ButtonRow } from '#app/ui/button.tsx';
import type { PhotoProgress as Progress } from '#core/drafts/add-photos.ts';

const stages = {
  preparing: 'Preparing',
  sealing: 'Sealing',
  sending: 'Uploading',
  waiting: 'Waiting for a connection',
} as const;
const order = ['preparing', 'sealing', 'sending', 'waiting'] as const;

export function PhotoProgress({ progress, onCancel }: { progress: Progress; onCancel: () => void }) {
  const { n, count, stage } = progress;
  const done = n - 1 + Math.min(order.indexOf(stage), 2) / 3;
  return (
    <div className="photo-progress">
      <p role="status">
        Photo {n} of {count}: {stages[stage]}…
      </p>
      <progress max={count} value={done} aria-label="Photo progress" />
      <ButtonRow>
        <button type="button" className="button button-quiet" onClick={onCancel}>
          Stop
        </button>
      </ButtonRow>
    </div>
  );
}
