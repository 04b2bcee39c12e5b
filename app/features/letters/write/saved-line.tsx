import { LetterDate } from '#app/ui/letter-date.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import type { SaveState } from './use-autosave.ts';

/** Tells whether the text is saved, and since when. */
export function SavedLine({ save, savedAt }: { save: SaveState; savedAt: Date | null }) {
  const timeZone = useTimeZone();
  return (
    <span className="saved-line" role="status">
      {save.state === 'saving' ? 'Saving…' : null}
      {save.state === 'failed' ? save.message : null}
      {save.state === 'saved' && !save.photosWait ? 'Saved just now.' : null}
      {save.state === 'saved' && save.photosWait
        ? 'Your text is saved. To save photos too, press Save or Send.'
        : null}
      {save.state === 'idle' && savedAt ? (
        <>
          Saved <LetterDate at={savedAt} timeZone={timeZone} form="full" />
        </>
      ) : null}
    </span>
  );
}
