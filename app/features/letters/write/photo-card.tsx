import { type DragEvent, type ReactNode, useState } from 'react';
import { useFieldName } from '#app/ui/sealed-fields.tsx';
import { limits } from '#core/schemas/limits.ts';
import { MovePhoto, type MovePhotoProps } from './move-photo.tsx';
import { ToolIcon } from './tool-icon.tsx';

export type AttachedPhoto = {
  photoId: string;
  /** Null until it is opened, or if it can't be. */
  previewUrl: string | null;
  caption: string;
  width: number;
  height: number;
};

/** Lets a photo be dragged, by its picture, to another one's place in its list. */
export interface DragProps {
  onDragStart(event: DragEvent<HTMLElement>): void;
  onDragOver(event: DragEvent<HTMLElement>): void;
  onDrop(event: DragEvent<HTMLElement>): void;
}

interface CardProps {
  picture: ReactNode;
  drag: DragProps;
  caption: { id: string; name: string; label: string; value?: string };
  /** The buttons of this photo. */
  children: ReactNode;
}

function Card({ picture, drag, caption, children }: CardProps) {
  return (
    <li className="attached" {...drag}>
      {picture}
      <label htmlFor={caption.id} className="visually-hidden">
        {caption.label}
      </label>
      <input
        id={caption.id}
        {...useFieldName(caption.name)}
        className="control"
        type="text"
        placeholder="Caption"
        defaultValue={caption.value}
        maxLength={limits.captionMax}
        autoComplete="off"
      />
      <div className="attached-tools">{children}</div>
    </li>
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
  const name = `caption-${photo.photoId}`;
  const picture = photo.previewUrl ? (
    <img
      src={photo.previewUrl}
      alt={photo.caption || `Photo ${place}`}
      width={photo.width}
      height={photo.height}
    />
  ) : (
    <span className="attached-closed" />
  );
  return (
    <Card
      picture={picture}
      drag={drag}
      caption={{ id: name, name, label: `Caption for photo ${place}`, value: photo.caption }}
    >
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
      caption={{
        id: `newCaption-${move.index}`,
        name: 'newCaption',
        label: `Caption for photo ${move.place}`,
      }}
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
