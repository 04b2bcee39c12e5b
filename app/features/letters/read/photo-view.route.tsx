import type { MetaFunction } from '@remix-run/node';
import { useMemo } from 'react';
import { usePhotoKeys } from '#app/browser/photos/use-photo-keys.ts';
import { openInBrowser, usePage } from '#app/modes/define-page.ts';
import { loadPage } from '#app/modes/load-page.server.ts';
import type { PagePhoto } from '#app/modes/page-access.ts';
import { NotOpened } from '#app/modes/unlock/waiting-pages.tsx';
import { usePagePhotos } from '#app/modes/use-page-photos.ts';
import { ButtonLink, ButtonRow } from '#app/ui/button.tsx';
import { Page } from '#app/ui/page.tsx';
import type { ReadablePhoto } from '#core/letters/letter-view.ts';
import { longShape } from '#core/photos/photo-shape.ts';
import { noteOn } from './letter-gallery.tsx';
import { ClosedPhoto, nameOf, viewOf } from './photo-gallery.tsx';
import { photoPage } from './photo-page.ts';

export const meta: MetaFunction = () => [{ title: 'Photo · Project BFF' }];

/** One photo as large as the window, with a way back: an image file alone has none on a phone. */
export const loader = loadPage(photoPage);
export const clientLoader = openInBrowser(photoPage);

export default function PhotographPage() {
  const { shown, opening } = usePage(photoPage);
  if (shown) return <Photograph {...shown} />;
  return (
    <Page width="form">
      <NotOpened opening={opening} what="the photo" />
    </Page>
  );
}

interface PhotographProps {
  letterId: string;
  n: number;
  count: number;
  photo: ReadablePhoto;
  picture: PagePhoto;
}

function Photograph({ letterId, n, count, photo, picture: source }: PhotographProps) {
  const [shown = 'opening'] = usePagePhotos(useMemo(() => [source], [source]));
  const url = typeof shown === 'object' ? shown.url : null;
  const note = noteOn(shown);
  const name = `Photo ${n + 1} of ${count}`;
  const caption = photo.caption.trim();
  const alt = nameOf(photo, n, count);
  const letter = `/letters/${letterId}#photo-${n + 1}`;
  const before = n > 0 ? viewOf(letterId, n - 1) : undefined;
  const next = n + 1 < count ? viewOf(letterId, n + 1) : undefined;
  const shape = longShape(photo);
  const picture = url && <img src={url} alt={alt} width={photo.width} height={photo.height} />;
  usePhotoKeys({ ArrowLeft: before, ArrowRight: next, Escape: letter });
  return (
    <Page width="wide">
      <h1 className="visually-hidden">{name}</h1>
      <figure className={shape ? `photo photo-full photo-${shape}` : 'photo photo-full'}>
        {!picture ? (
          <ClosedPhoto width={photo.width} height={photo.height} name={alt} />
        ) : shape === 'wide' ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard has to get there.
          <section className="photo-pan" aria-label="Panorama, scrolls sideways" tabIndex={0}>
            {picture}
          </section>
        ) : (
          picture
        )}
        {note ? <p className="photo-note">{note}</p> : null}
        {caption ? <figcaption>{caption}</figcaption> : null}
      </figure>
      <nav className="photo-ways" aria-label="Photos">
        <ButtonRow>
          <ButtonLink to={letter}>Back to letter</ButtonLink>
          {before ? (
            <ButtonLink to={before} kind="quiet">
              Previous photo
            </ButtonLink>
          ) : null}
          {next ? (
            <ButtonLink to={next} kind="quiet">
              Next photo
            </ButtonLink>
          ) : null}
          {url ? (
            <a className="button button-quiet" href={url} download={`photo-${n + 1}`}>
              Download
            </a>
          ) : null}
        </ButtonRow>
      </nav>
    </Page>
  );
}
