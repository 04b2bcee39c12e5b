import { type DragEvent, type ReactNode, useState } from 'react';
import { useFieldName } from '#app/ui/sealed-fields.tsx';
import { limits } from '#core/schemas/limits.ts';
import { photoField } from './draft-form.ts';
import { MovePhoto, type MovePhotoProps } from './move-photo.tsx';
import { ToolIcon } from './tool-icon.tsx';

export type AttachedPhoto = {
  photoId: string;
  /** Null until it is opened, or if it can't be. */
  previewUrl: string | null;
  caption: string;
  alt?: string;
  width: number;
  height: number;
};

/** Lets a photo be dragged, by its picture, to another one's place in its list. */
export interface DragProps {
  onDragStart(event: DragEvent<HTMLElement>): void;
  onDragOver(event: DragEvent<HTMLElement>): void;
  onDrop(event: DragEvent<HTMLElement>): void;
}

type LineProps = { id: string; name: string; value?: string };

interface CardProps {
  picture: ReactNode;
  drag: DragProps;
  place: number;
  caption: LineProps;
  alt: LineProps;
  /** The buttons of this photo. */
  children: ReactNode;
}

function Card({ picture, drag, place, caption, alt, children }: CardProps) {
  return (
    <li className="attached" {...drag}>
      {picture}
      <Line {...caption} label={`Caption for photo ${place}`} hint="Caption" max={limits.captionMax} />
      <Line
        {...alt}
        label={`What photo ${place} shows, for people who can’t see it`}
        hint="What it shows"
        max={limits.altMax}
      />
      <div className="attached-tools">{children}</div>
    </li>
  );
}

function Line(props: LineProps & { label: string; hint: string; max: number }) {
  return (
    <>
      <label htmlFor={props.id} className="visually-hidden">
        {props.label}
      </label>
      <input
        id={props.id}
        {...useFieldName(props.name)}
        className="control"
        type="text"
        placeholder={props.hint}
        defaultValue={props.value}
        maxLength={props.max}
        autoComplete="off"
      />
    </>
  );
}

/** A photo kept with the draft. It is removed when the form is submitted, as without JavaScript. */
export function KeptPhoto({
  photo,
  drag,
  ...move
}: { photo: AttachedPhoto; drag: DragProps } & Omit<MovePhotoProps, 'photoId'>) {
  const { place } = move;
  const removeName = useFieldName('removePhoto');
  const line = (kind: 'caption' | 'alt') => {
    const name = photoField(kind, photo.photoId);
    return { id: name, name, value: photo[kind] };
  };
  const picture = photo.previewUrl ? (
    <img
      src={photo.previewUrl}
      alt={photo.alt || photo.caption || `Photo ${place}`}
      width={photo.width}
      height={photo.height}
    />
  ) : (
    <span className="attached-closed" />
  );
  return (
    <Card picture={picture} drag={drag} place={place} caption={line('caption')} alt={line('alt')}>
      <label className="check">
        <input type="checkbox" {...removeName} value={photo.photoId} />
        <span>Remove</span>
      </label>
      <MovePhoto {...move} photoId={photo.photoId} />
    </Card>
  );
}

interface NewPhotoProps extends MovePhotoProps {
  photo: { file: File; url: string };
  drag: DragProps;
  onRemove(): void;
}

/** A photo that was chosen on this page. */
export function NewPhoto({ photo, drag, onRemove, ...move }: NewPhotoProps) {
  return (
    <Card
      picture={<ChosenPreview {...photo} />}
      drag={drag}
      place={move.place}
      caption={{ id: `newCaption-${move.index}`, name: 'newCaption' }}
      alt={{ id: `newAlt-${move.index}`, name: 'newAlt' }}
    >
      <button
        type="button"
        className="button button-quiet tool"
        aria-label={`Remove: ${photo.file.name}`}
        onClick={onRemove}
      >
        <ToolIcon name="remove" />
      </button>
      <MovePhoto {...move} />
    </Card>
  );
}

function ChosenPreview({ file, url }: { file: File; url: string }) {
  const [shown, setShown] = useState(true);
  if (!shown) return <span className="attached-closed">{file.name}</span>;
  return <img src={url} alt={file.name} onError={() => setShown(false)} />;
}
