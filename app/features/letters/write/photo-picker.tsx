import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useFieldName } from '#app/ui/sealed-fields.tsx';
import { sentencesOf } from '#app/ui/sentences.ts';
import { movePhoto, orderPhotos, photoWays, placePhoto } from '#core/drafts/edited-draft.ts';
import { limits } from '#core/schemas/limits.ts';
import { type AttachedPhoto, type DragProps, KeptPhoto, NewPhoto } from './photo-card.tsx';
import { useChosenPhotos } from './use-chosen-photos.ts';
import { usePhotosInText } from './use-photos-in-text.ts';

export type PhotoPickerProps = {
  name?: string;
  /**
   * Photos kept with the draft. Each has a caption field `caption-<id>`, a checkbox `removePhoto` =
   * id, and buttons `intent` = `earlier <id>` and `later <id>`. The order of the caption fields is
   * the order of the photos.
   */
  photos?: readonly AttachedPhoto[];
  error?: string | undefined;
};

/**
 * The types that the file dialog offers. HEIC also by extension, because not every system knows its
 * type. The code that prepares photos checks the bytes, never the name.
 */
const photoAccept = 'image/jpeg,image/png,image/gif,image/webp,image/avif,image/heic,image/heif,.heic,.heif';

/** The problems with the photos; several form a list. */
function Sentences({ id, of }: { id?: string; of: readonly string[] }) {
  if (of.length === 1) {
    return (
      <p id={id} className="field-error">
        {of[0]}
      </p>
    );
  }
  return (
    <ul id={id} className="field-error field-errors">
      {of.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

/**
 * The photos of a letter: those kept with the draft, and a file input for more. With JavaScript,
 * chosen files appear immediately, each with a caption field `newCaption`, in the order of the
 * files.
 */
export function PhotoPicker({ name = 'photos', photos = [], error }: PhotoPickerProps) {
  const input = useRef<HTMLInputElement>(null);
  const { chosen, refused, add, remove, hold, isDraggedOver } = useChosenPhotos(input);
  const [order, setOrder] = useState(() => photos.map(({ photoId }) => photoId));
  const [done, setDone] = useState<string | null>(null);
  const dragged = useRef<string | null>(null);
  const fileName = useFieldName(name);
  const room = limits.photos - photos.length;
  const kept = orderPhotos(photos, order);
  const ids = kept.map(({ photoId }) => photoId);

  /** Changes the order. The form has changed without typing. */
  const move = (place: number, change: () => void) => {
    flushSync(() => {
      change();
      setDone(`Now photo ${place} of ${kept.length + chosen.length}.`);
    });
    input.current?.form?.dispatchEvent(new Event('input', { bubbles: true }));
  };
  /** Does so for a button, which moved with its photo and lost the focus. */
  const moveBy = (button: HTMLButtonElement, place: number, change: () => void) => {
    move(place, change);
    button.focus();
  };
  const dragOf = (key: string, list: readonly string[], place: (moved: string) => void): DragProps => ({
    onDragStart: () => {
      dragged.current = key;
    },
    onDragOver: (event) => {
      if (dragged.current !== null && list.includes(dragged.current)) event.preventDefault();
    },
    onDrop: (event) => {
      const moved = dragged.current;
      dragged.current = null;
      if (moved === null || moved === key || !list.includes(moved)) return;
      event.preventDefault();
      place(moved);
    },
  });

  const howToPlace = kept.length > 0 ? ' A line with only [photo 1] puts that photo into the text.' : '';
  const keys = chosen.map(({ key }) => key);
  const place = usePhotosInText(input, [...ids, ...keys]);
  const placeInText = (n: number) => {
    place(n);
    setDone(`Photo ${n} is in the text.`);
  };
  return (
    <fieldset className={error ? 'photo-picker field-wrong' : 'photo-picker'}>
      <legend id={`${name}-legend`} className="field-label">
        Photos <span className="field-optional">(optional)</span>
      </legend>
      {kept.length > 0 ? (
        <ul className="attached-list">
          {kept.map((photo, index) => (
            <KeptPhoto
              key={photo.photoId}
              photo={photo}
              index={index}
              count={kept.length}
              place={index + 1}
              onPlace={() => placeInText(index + 1)}
              onMove={(way, button) =>
                moveBy(button, index + 1 + photoWays[way], () => setOrder(movePhoto(ids, photo.photoId, way)))
              }
              drag={dragOf(photo.photoId, ids, (moved) =>
                move(index + 1, () => setOrder(placePhoto(ids, moved, index))),
              )}
            />
          ))}
        </ul>
      ) : null}
      {chosen.length > 0 ? (
        <ul className="attached-list">
          {chosen.map((photo, index) => (
            <NewPhoto
              key={photo.key}
              photo={photo}
              index={index}
              count={chosen.length}
              place={kept.length + index + 1}
              onPlace={() => placeInText(kept.length + index + 1)}
              onRemove={() => remove(photo)}
              onMove={(way, button) =>
                moveBy(button, kept.length + index + 1 + photoWays[way], () =>
                  hold(movePhoto(chosen, photo, way)),
                )
              }
              drag={dragOf(photo.key, keys, (moved) =>
                move(kept.length + index + 1, () => {
                  const one = chosen.find(({ key }) => key === moved);
                  if (one) hold(placePhoto(chosen, one, index));
                }),
              )}
            />
          ))}
        </ul>
      ) : null}
      {error ? <Sentences id={`${name}-error`} of={sentencesOf(error)} /> : null}
      <input
        ref={input}
        id={name}
        {...fileName}
        className="control control-file"
        type="file"
        accept={photoAccept}
        multiple
        onChange={(event) => add(event.currentTarget.files ?? [])}
        // Its name is short; the limits are read after it.
        aria-labelledby={`${name}-legend`}
        aria-describedby={error ? `${name}-hint ${name}-error` : `${name}-hint`}
        aria-invalid={error ? true : undefined}
      />
      <label htmlFor={name} className="button button-secondary add-photos" aria-hidden="true">
        {isDraggedOver ? 'Drop them here' : 'Add photos'}
      </label>
      <label className="button button-secondary take-photo">
        Take a photo
        {/* Without a name: what it takes joins the others. */}
        <input
          className="visually-hidden"
          type="file"
          accept="image/*"
          capture="environment"
          onChange={({ currentTarget }) => {
            add(currentTarget.files ?? []);
            currentTarget.value = '';
          }}
        />
      </label>
      <label id={`${name}-hint`} htmlFor={name} className="field-hint">
        {room > 0
          ? `Up to ${room}${photos.length > 0 ? ' more' : ''}, ${limits.photoBytes / 1_000_000} MB each. Location and camera details are removed.${howToPlace}`
          : `A letter holds ${limits.photos} photos. Remove one to make room for another.${howToPlace}`}
      </label>
      <div role="alert">{refused.length > 0 ? <Sentences of={refused} /> : null}</div>
      {chosen.length > room ? (
        <p className="field-error" role="alert">
          You chose {chosen.length} photos; there’s room for {room}.
        </p>
      ) : null}
      <p role="status" className="visually-hidden">
        {done}
      </p>
    </fieldset>
  );
}
