import { longShape } from '#core/photos/photo-shape.ts';

type GalleryPhoto = {
  fullUrl: string;
  /**
   * Its preview, such as `/letters/:id/photos/0?size=preview`; null until it is opened, or if it
   * can't be.
   */
  previewUrl: string | null;
  note?: string | undefined;
  caption: string;
  /** Of the full photo, in pixels. Keeps the page from jumping while it loads. */
  width: number;
  height: number;
};

type PhotoGalleryProps = { photos: readonly GalleryPhoto[]; heading?: string };

const nameOf = (photo: GalleryPhoto, index: number, count: number) =>
  photo.caption.trim() || `Photo ${index + 1} of ${count}`;

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
function shownPart(photo: GalleryPhoto) {
  const isTall = longShape(photo) === 'tall';
  return { isTall, width: photo.width, height: isTall ? 2 * photo.width : photo.height };
}

export function PhotoGallery({ photos, heading = 'Photos' }: PhotoGalleryProps) {
  if (photos.length === 0) return null;
  return (
    <section className="gallery" aria-label={heading}>
      <h2 className="gallery-heading">{heading}</h2>
      <ul className={photos.length === 1 ? 'gallery-grid gallery-grid-single' : 'gallery-grid'}>
        {photos.map((photo, index) => {
          const { isTall, width, height } = shownPart(photo);
          const size = { width, height };
          return (
            <li key={photo.fullUrl}>
              <figure className={isTall ? 'photo photo-beginning' : 'photo'}>
                <a href={photo.fullUrl} className="photo-link">
                  {photo.previewUrl === null ? (
                    <ClosedPhoto {...size} name={nameOf(photo, index, photos.length)} />
                  ) : (
                    <img
                      src={photo.previewUrl}
                      alt={nameOf(photo, index, photos.length)}
                      {...size}
                      loading={index < 2 ? 'eager' : 'lazy'}
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
