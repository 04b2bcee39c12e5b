import type { ReadablePhoto } from '#core/letters/letter-view.ts';
import { longShape } from '#core/photos/photo-shape.ts';
import type { Dimensions } from '#core/photos/target-size.ts';

/** Width and height are those of the full photo, in pixels: they keep the page from jumping. */
export interface GalleryPhoto extends Dimensions {
  /** The page of this photo, such as `/letters/:id/photos/0/view`. */
  viewUrl: string;
  /**
   * Its preview, such as `/letters/:id/photos/0?size=preview`; null until it is opened, or if it
   * can't be.
   */
  previewUrl: string | null;
  /** The photo at full size, for sharp screens; null until it is opened. */
  fullUrl: string | null;
  note?: string | undefined;
  /** Its place in the letter, from 0. */
  n: number;
  name: string;
  caption: string;
  /** What it shows, in the author's words; empty for none. */
  alt: string;
}

type PhotoGalleryProps = {
  photos: readonly GalleryPhoto[];
};

/** The address of a photo's own page. */
export const viewOf = (letterId: string, n: number) => `/letters/${letterId}/photos/${n}/view`;

export const nameOf = (
  { alt, caption }: Pick<ReadablePhoto, 'alt' | 'caption'>,
  index: number,
  count: number,
) => alt || caption.trim() || `Photo ${index + 1} of ${count}`;

/** A placeholder of the photo's size, so that the page doesn't jump when the photo appears. */
export function ClosedPhoto({ width, height, name }: { width: number; height: number; name: string }) {
  return (
    <span role="img" aria-label={name}>
      <svg className="photo-closed" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" />
    </span>
  );
}

/**
 * The part of a photo that the gallery shows, in the photo's pixels: the top of a long screenshot.
 */
function shownPart(photo: Dimensions) {
  const isTall = longShape(photo) === 'tall';
  return { isTall, width: photo.width, height: isTall ? 2 * photo.width : photo.height };
}

/**
 * Lets a sharp screen take the full photo. A preview has the pixels for any other, except of an
 * upright photo that is shown by itself.
 */
function sharpSource({ fullUrl, width, height }: GalleryPhoto, isSingle: boolean) {
  if (!fullUrl) return undefined;
  return `${fullUrl} ${isSingle && height > width ? '1x' : '1.3x'}`;
}

/** A photo with its caption, which leads to the photo's own page. */
export function PhotoFigure({ photo, isSingle }: { photo: GalleryPhoto; isSingle: boolean }) {
  const { isTall, ...size } = shownPart(photo);
  return (
    <figure id={`photo-${photo.n + 1}`} className={isTall ? 'photo photo-beginning' : 'photo'}>
      <a href={photo.viewUrl} className="photo-link">
        {photo.previewUrl === null ? (
          <ClosedPhoto {...size} name={photo.name} />
        ) : (
          <img
            srcSet={sharpSource(photo, isSingle)}
            src={photo.previewUrl}
            alt={photo.name}
            {...size}
            loading="lazy"
            decoding="async"
          />
        )}
      </a>
      {photo.note ? <p className="photo-note">{photo.note}</p> : null}
      {photo.caption.trim() ? <figcaption>{photo.caption}</figcaption> : null}
    </figure>
  );
}

/** The photos without a place in the text. */
export function PhotoGallery({ photos }: PhotoGalleryProps) {
  if (photos.length === 0) return null;
  const isSingle = photos.length === 1;
  return (
    <section className="gallery" aria-label="Photos">
      <h2 className="gallery-heading">Photos</h2>
      <ul className={isSingle ? 'gallery-grid gallery-grid-single' : 'gallery-grid'}>
        {photos.map((photo) => (
          <li key={photo.viewUrl}>
            <PhotoFigure photo={photo} isSingle={isSingle} />
          </li>
        ))}
      </ul>
    </section>
  );
}
