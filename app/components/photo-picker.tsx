import { type ChangeEvent, useEffect, useState } from 'react';
import { limits } from '#core/schemas/limits.ts';
import { useFieldName } from './sealed-fields.tsx';

/** A photo already kept with the draft. */
export type AttachedPhoto = {
  id: string;
  /** Null while it is being opened, or cannot be. */
  previewUrl: string | null;
  caption: string;
  width: number;
  height: number;
};

export type PhotoPickerProps = {
  /** The file input's name and id. */
  name?: string;
  /** Photos kept with the draft; each has a caption field `caption-<id>` and a checkbox `removePhoto` = id. */
  photos?: readonly AttachedPhoto[];
  error?: string | undefined;
};

/**
 * What the file dialog offers; without HEIC in it a phone hands over a JPEG. The server looks at the bytes, never at the
 * name.
 */
export const photoAccept = 'image/jpeg,image/png,image/gif,image/webp,image/avif';

type Chosen = { key: string; name: string; url: string };

function useChosen() {
  const [chosen, setChosen] = useState<Chosen[]>([]);
  useEffect(
    () => () => {
      for (const file of chosen) URL.revokeObjectURL(file.url);
    },
    [chosen],
  );
  const choose = (event: ChangeEvent<HTMLInputElement>) =>
    setChosen(
      [...(event.currentTarget.files ?? [])].map((file, index) => ({
        key: `${index}-${file.name}-${file.size}`,
        name: file.name,
        url: URL.createObjectURL(file),
      })),
    );
  return { chosen, choose };
}

function KeptPhoto({ photo, index }: { photo: AttachedPhoto; index: number }) {
  const captionId = `caption-${photo.id}`;
  const [captionName, removeName] = [useFieldName(captionId), useFieldName('removePhoto')];
  return (
    <li className="attached">
      {photo.previewUrl ? (
        <img
          src={photo.previewUrl}
          alt={photo.caption || `Photograph ${index + 1}`}
          width={photo.width}
          height={photo.height}
        />
      ) : (
        <span className="attached-closed" />
      )}
      <div className="attached-fields">
        <label htmlFor={captionId} className="field-label">
          A line about photo {index + 1}
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
          <input type="checkbox" {...removeName} value={photo.id} />
          <span>Take it out again</span>
        </label>
      </div>
    </li>
  );
}

/**
 * Photos for a letter: those kept with the draft, and a file input for more. With JavaScript the chosen files are shown
 * at once, each with a caption field `newCaption`, in the order of the files.
 */
export function PhotoPicker({ name = 'photos', photos = [], error }: PhotoPickerProps) {
  const { chosen, choose } = useChosen();
  const [fileName, newCaptionName] = [useFieldName(name), useFieldName('newCaption')];
  const room = limits.photos - photos.length;
  return (
    <fieldset className={error ? 'photo-picker field-wrong' : 'photo-picker'}>
      <legend id={`${name}-legend`} className="field-label">
        Photographs <span className="field-optional">(if you like)</span>
      </legend>
      {photos.length > 0 ? (
        <ul className="attached-list">
          {photos.map((photo, index) => (
            <KeptPhoto key={photo.id} photo={photo} index={index} />
          ))}
        </ul>
      ) : null}
      <label id={`${name}-hint`} htmlFor={name} className="field-hint">
        {room > 0
          ? `Up to ${room} ${photos.length > 0 ? 'more' : 'in one letter'}, ${limits.photoBytes / 1_000_000} MB each. Places and camera details are taken out of them.`
          : `A letter holds ${limits.photos}. Take one out to make room for another.`}
      </label>
      {error ? (
        <p id={`${name}-error`} className="field-error">
          {error}
        </p>
      ) : null}
      <input
        id={name}
        {...fileName}
        className="control control-file"
        type="file"
        accept={photoAccept}
        multiple
        onChange={choose}
        // Its name is short; how many and how large they may be is read after it.
        aria-labelledby={`${name}-legend`}
        aria-describedby={error ? `${name}-hint ${name}-error` : `${name}-hint`}
        aria-invalid={error ? true : undefined}
      />
      {chosen.length > room ? (
        <p className="field-error" role="alert">
          That is {chosen.length}; there is room for {room}.
        </p>
      ) : null}
      {chosen.length > 0 ? (
        <ul className="attached-list">
          {chosen.map((file, index) => (
            <li key={file.key} className="attached">
              <img src={file.url} alt={file.name} />
              <div className="attached-fields">
                <label htmlFor={`newCaption-${index}`} className="field-label">
                  A line about this one
                </label>
                <input
                  id={`newCaption-${index}`}
                  {...newCaptionName}
                  className="control"
                  type="text"
                  maxLength={limits.captionMax}
                  autoComplete="off"
                />
              </div>
            </li>
          ))}
        </ul>
      ) : null}
    </fieldset>
  );
}
