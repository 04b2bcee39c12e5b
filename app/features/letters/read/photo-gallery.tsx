import type { Ref } from 'react';
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
  caption: string;
  /** What it shows, in the author's words; empty for none. */
  alt: string;
}

type PhotoGalleryProps = {
  photos: readonly GalleryPhoto[];
  heading?: string;
  sectionRef?: Ref<HTMLElement>;
};

/** The address of a photo's own page. */
export const viewOf = (letterId: string, n: number) => `/letters/${letterId}/photos/${n}/view`;

export const nameOf = (
  { alt, caption }: Pick<GalleryPhoto, 'alt' | 'caption'>,
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

export function PhotoGallery({ photos, heading = 'Photos', sectionRef }: PhotoGalleryProps) {
  if (photos.length === 0) return null;
  const isSingle = photos.length === 1;
  return (
    <section className="gallery" aria-label={heading} ref={sectionRef}>
      <h2 className="gallery-heading">{heading}</h2>
      <ul className={isSingle ? 'gallery-grid gallery-grid-single' : 'gallery-grid'}>
        {photos.map((photo, index) => {
          const { isTall, width, height } = shownPart(photo);
          const size = { width, height };
          const name = nameOf(photo, index, photos.length);
          return (
            <li key={photo.viewUrl} id={`photo-${index + 1}`}>
              <figure className={isTall ? 'photo photo-beginning' : 'photo'}>
                <a href={photo.viewUrl} className="photo-link">
                  {photo.previewUrl === null ? (
                    <ClosedPhoto {...size} name={name} />
                  ) : (
                    <img
                      srcSet={sharpSource(photo, isSingle)}
                      src={photo.previewUrl}
                      alt={name}
                      {...size}
                      loading="lazy"
                      decoding="async"
                    />
                  )}
                </a>
                {photo.note ? <p className="photo-note">{photo.note}</p> : null}
                {photo.caption.trim() ? <figcaption>{photo.caption}</figcaption> : null}
              </figure>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
