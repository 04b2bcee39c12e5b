import { longShape } from '#core/photos/photo-shape.ts';

type GalleryPhoto = {
  /** The photo at full size, e.g. `/letters/:id/photos/0`. */
  fullUrl: string;
  /** Its preview, e.g. `/letters/:id/photos/0?size=preview`; null while it is being opened, or cannot be. */
  previewUrl: string | null;
  /** Why it is not to be seen. */
  note?: string | undefined;
  caption: string;
  /** Of the full photo, in pixels; keeps the page from jumping while it loads. */
  width: number;
  height: number;
};

type PhotoGalleryProps = { photos: readonly GalleryPhoto[]; heading?: string };

const nameOf = (photo: GalleryPhoto, index: number, count: number) =>
  photo.caption.trim() || `Photo ${index + 1} of ${count}`;

/** As large as the photo will be, so that the page does not jump when it is there. */
export function ClosedPhoto({ width, height, name }: { width: number; height: number; name: string }) {
  return (
    <span role="img" aria-label={name}>
      <svg className="photo-closed" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" />
    </span>
  );
}

/** What is shown of it here, in its own px: of a long screenshot only the beginning, in which something can be seen. */
function shownPart(photo: GalleryPhoto) {
  const isTall = longShape(photo) === 'tall';
  return { isTall, width: photo.width, height: isTall ? 2 * photo.width : photo.height };
}

/** The photographs that came with a letter; each opens at full size. */
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
