import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useFieldName } from '#app/ui/sealed-fields.tsx';
import { sentencesOf } from '#app/ui/sentences.ts';
import { movePhoto, orderPhotos, photoWays } from '#core/drafts/edited-draft.ts';
import { refusalAtFirstLook } from '#core/photos/first-look.ts';
import { showableName } from '#core/photos/showable-name.ts';
import { limits } from '#core/schemas/limits.ts';
import { MovePhoto, type MovePhotoProps } from './move-photo.tsx';

export type AttachedPhoto = {
  photoId: string;
  /** Null until it is opened, or if it can't be. */
  previewUrl: string | null;
  caption: string;
  width: number;
  height: number;
};

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
export const photoAccept =
  'image/jpeg,image/png,image/gif,image/webp,image/avif,image/heic,image/heif,.heic,.heif';

type Chosen = { key: string; file: File; url: string };

const isSameFile = (a: File, b: File) =>
  a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;

/**
 * Manages the files of an input: users can add more and remove some, where the input itself would
 * forget the earlier ones.
 */
function useChosen() {
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Chosen[]>([]);
  const [refused, setRefused] = useState<string[]>([]);
  const count = useRef(0);
  const latest = useRef(chosen);
  useEffect(
    () => () => {
      for (const { url } of latest.current) URL.revokeObjectURL(url);
    },
    [],
  );

  const hold = (files: Chosen[]) => {
    const held = new DataTransfer();
    for (const { file } of files) held.items.add(file);
    if (input.current) input.current.files = held.files;
    latest.current = files;
    setChosen(files);
  };
  const drop = (files: Chosen[]) => {
    for (const { url } of files) URL.revokeObjectURL(url);
    hold(latest.current.filter((file) => !files.includes(file)));
  };
  /**
   * Rejects unusable files immediately and keeps the others. A file that only looks like a photo is
   * found out when it is sealed.
   */
  const look = async (files: Chosen[]) => {
    const refusals = await Promise.all(
      // A file that was moved away meanwhile fails when it is sealed.
      files.map(async ({ file }) => refusalAtFirstLook(file).catch(() => null)),
    );
    const found = files.filter((_, at) => refusals[at]);
    if (found.length === 0) return;
    drop(found);
    setRefused(
      files.flatMap(({ file }, at) =>
        refusals[at] ? [`“${showableName(file.name)}”: ${refusals[at]}`] : [],
      ),
    );
  };
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const more = [...(event.currentTarget.files ?? [])]
      .filter((file) => !chosen.some((before) => isSameFile(before.file, file)))
      .map((file) => ({ key: String(count.current++), file, url: URL.createObjectURL(file) }));
    setRefused([]);
    hold([...chosen, ...more]);
    void look(more);
  };
  const leaveOut = (file: Chosen) => {
    drop([file]);
    // The pressed button is gone.
    input.current?.focus();
  };
  return { input, chosen, refused, choose, leaveOut, hold };
}

function KeptPhoto({ photo, ...move }: { photo: AttachedPhoto } & Omit<MovePhotoProps, 'photoId'>) {
  const { index } = move;
  const captionId = `caption-${photo.photoId}`;
  const [captionName, removeName] = [useFieldName(captionId), useFieldName('removePhoto')];
  return (
    <li className="attached">
      {photo.previewUrl ? (
        <img
          src={photo.previewUrl}
          alt={photo.caption || `Photo ${index + 1}`}
          width={photo.width}
          height={photo.height}
        />
      ) : (
        <span className="attached-closed" />
      )}
      <div className="attached-fields">
        <label htmlFor={captionId} className="field-label">
          Caption for photo {index + 1}
        </label>
        <input
          id={captionId}
          {...captionName}
          className="control"
          type="text"
          defaultValue={photo.caption}
          maxLength={limits.captionMax}
          autoComplete="off"
        />
        <label className="check">
          <input type="checkbox" {...removeName} value={photo.photoId} />
          <span>Remove</span>
        </label>
        <MovePhoto {...move} photoId={photo.photoId} />
      </div>
    </li>
  );
}

function ChosenPreview({ file, url }: Chosen) {
  const [shown, setShown] = useState(true);
  if (!shown) return <span className="attached-closed">{file.name}</span>;
  return <img src={url} alt={file.name} onError={() => setShown(false)} />;
}

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
  const { input, chosen, refused, choose, leaveOut, hold } = useChosen();
  const [order, setOrder] = useState(() => photos.map(({ photoId }) => photoId));
  const [movedTo, setMovedTo] = useState<number | null>(null);
  const [fileName, newCaptionName] = [useFieldName(name), useFieldName('newCaption')];
  const room = limits.photos - photos.length;
  const kept = orderPhotos(photos, order);
  const ids = kept.map(({ photoId }) => photoId);
  const move = (button: HTMLButtonElement, place: number, change: () => void) => {
    flushSync(() => {
      change();
      setMovedTo(place);
    });
    // The button moved with its photo and lost the focus. The form has changed without typing.
    button.focus();
    button.form?.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return (
    <fieldset className={error ? 'photo-picker field-wrong' : 'photo-picker'}>
      <legend id={`${name}-legend`} className="field-label">
        Photos <span className="field-optional">(optional)</span>
      </legend>
      {photos.length > 0 ? (
        <ul className="attached-list">
          {kept.map((photo, index) => (
            <KeptPhoto
              key={photo.photoId}
              photo={photo}
              index={index}
              count={kept.length}
              place={index + 1}
              onMove={(way, button) =>
                move(button, index + 1 + photoWays[way], () => setOrder(movePhoto(ids, photo.photoId, way)))
              }
            />
          ))}
        </ul>
      ) : null}
      <label id={`${name}-hint`} htmlFor={name} className="field-hint">
        {room > 0
          ? `Up to ${room}${photos.length > 0 ? ' more' : ''}, ${limits.photoBytes / 1_000_000} MB each. Location and camera details are removed.`
          : `A letter holds ${limits.photos} photos. Remove one to make room for another.`}
      </label>
      {error ? <Sentences id={`${name}-error`} of={sentencesOf(error)} /> : null}
      <input
        ref={input}
        id={name}
        {...fileName}
        className="control control-file"
        type="file"
        accept={photoAccept}
        multiple
        onChange={choose}
        // Its name is short; the limits are read after it.
        aria-labelledby={`${name}-legend`}
        aria-describedby={error ? `${name}-hint ${name}-error` : `${name}-hint`}
        aria-invalid={error ? true : undefined}
      />
      <div role="alert">{refused.length > 0 ? <Sentences of={refused} /> : null}</div>
      {chosen.length > room ? (
        <p className="field-error" role="alert">
          You chose {chosen.length} photos; there’s room for {room}.
        </p>
      ) : null}
      {chosen.length > 0 ? (
        <ul className="attached-list">
          {chosen.map((file, index) => (
            <li key={file.key} className="attached">
              <ChosenPreview {...file} />
              <div className="attached-fields">
                <label htmlFor={`newCaption-${index}`} className="field-label">
                  Caption
                </label>
                <input
                  id={`newCaption-${index}`}
                  {...newCaptionName}
                  className="control"
                  type="text"
                  maxLength={limits.captionMax}
                  autoComplete="off"
                />
                <button
                  type="button"
                  className="button button-quiet"
                  aria-label={`Remove: ${file.file.name}`}
                  onClick={() => leaveOut(file)}
                >
                  Remove
                </button>
                <MovePhoto
                  index={index}
                  count={chosen.length}
                  place={kept.length + index + 1}
                  onMove={(way, button) =>
                    move(button, kept.length + index + 1 + photoWays[way], () =>
                      hold(movePhoto(chosen, file, way)),
                    )
                  }
                />
              </div>
            </li>
          ))}
        </ul>
      ) : null}
      <p role="status" className="visually-hidden">
        {movedTo === null ? null : `Now photo ${movedTo} of ${kept.length + chosen.length}.`}
      </p>
    </fieldset>
  );
}
