import { useFieldName } from '#app/ui/sealed-fields.tsx';
import type { PhotoWay } from '#core/drafts/edited-draft.ts';
import { ToolIcon } from './tool-icon.tsx';

const ways: { way: PhotoWay; label: string }[] = [
  { way: 'earlier', label: 'Move up' },
  { way: 'later', label: 'Move down' },
];

export interface MovePhotoProps {
  /** The index among the photos it can trade places with, from 0. */
  index: number;
  count: number;
  /** The photo's number in the letter, from 1. */
  place: number;
  /** Set for a kept photo: without JavaScript, its buttons save the draft with the photo moved. */
  photoId?: string;
  onMove(way: PhotoWay, button: HTMLButtonElement): void;
  /** Puts the photo into the text. */
  onPlace(): void;
}

export function MovePhoto({ index, count, place, photoId, onMove, onPlace }: MovePhotoProps) {
  const naming = useFieldName('intent');
  return (
    <div className="attached-ways">
      <button
        type="button"
        className="button button-quiet tool place-photo"
        aria-label={`Place in text: photo ${place}`}
        title="Place in text"
        onClick={onPlace}
      >
        <ToolIcon name="place" />
      </button>
      {(count > 1 ? ways : []).map(({ way, label }) => {
        const atEnd = index === (way === 'earlier' ? 0 : count - 1);
        return (
          <button
            key={way}
            {...(photoId ? { ...naming, value: `${way} ${photoId}`, type: 'submit' } : { type: 'button' })}
            className="button button-quiet tool"
            aria-label={`${label}: photo ${place}`}
            // A disabled button would lose the focus when its photo reaches the end.
            aria-disabled={atEnd || undefined}
            onClick={(event) => {
              event.preventDefault();
              if (!atEnd) onMove(way, event.currentTarget);
            }}
          >
            <ToolIcon name={way} />
          </button>
        );
      })}
    </div>
  );
}
