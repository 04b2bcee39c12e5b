import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { type ClientLoaderFunctionArgs, useLoaderData } from '@remix-run/react';
import { useMemo } from 'react';
import type { PhotoToOpen } from '#app/browser/photos/photo-messages.ts';
import { useOpenedPhotos } from '#app/browser/photos/use-opened-photos.ts';
import { usePhotoKeys } from '#app/browser/photos/use-photo-keys.ts';
import { privateHeaders } from '#app/http/errors.server.ts';
import { photoOf } from '#app/http/photo-response.server.ts';
import { requirePerson } from '#app/http/session.server.ts';
import { NotOpened } from '#app/modes/unlock/waiting-pages.tsx';
import { useOpened } from '#app/modes/use-opened.ts';
import { ButtonLink, ButtonRow } from '#app/ui/button.tsx';
import { Page } from '#app/ui/page.tsx';
import type { ReadablePhoto } from '#core/letters/letter-view.ts';
import { longShape } from '#core/photos/photo-shape.ts';
import { type LetterData, openLoadedLetter } from './letter-data.ts';
import { loadLetter } from './load-letter.server.ts';
import { ClosedPhoto } from './photo-gallery.tsx';
import { noteOn } from './sealed-gallery.tsx';

export const meta: MetaFunction = () => [{ title: 'A photograph · Project BFF' }];

/** One photo as large as the window allows, with a way back: a picture by itself has none on a phone. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const { n } = photoOf(params, request.url);
  const loaded = await loadLetter(api, request, params.id ?? '');
  if (n < 0 || n >= loaded.photoCount) throw data(null, { status: 404, headers: privateHeaders });
  return data({ ...loaded, n }, { headers: privateHeaders });
}

/** In a sealed session the letter is opened here, and with its key the photo. */
export async function clientLoader({ serverLoader, params }: ClientLoaderFunctionArgs) {
  const { n, ...loaded } = (await serverLoader<typeof loader>()) as LetterData & { n: number };
  return { ...(await openLoadedLetter(loaded, params.id)), n };
}

export default function PhotographPage() {
  const loaded = useLoaderData<typeof clientLoader>() as LetterData & { n: number };
  const { letter, photos, opening } = useOpened<LetterData>(loaded, openLoadedLetter);
  const { n } = loaded;
  const photo = letter?.content?.photos[n];
  if (!letter || !photo) {
    return (
      <Page width="form">
        <NotOpened opening={opening} what="the photograph" />
      </Page>
    );
  }
  const count = letter.content?.photos.length ?? 0;
  const place = { letterId: letter.id, n, count, photo };
  const sealed = photos?.full[n];
  return sealed ? <SealedPhotograph {...place} sealed={sealed} /> : <Photograph {...place} />;
}

interface PhotographProps {
  letterId: string;
  n: number;
  count: number;
  photo: ReadablePhoto;
  /** Where the opened picture is; null while it is not opened; left out where the server serves it. */
  url?: string | null;
  note?: string | undefined;
}

function SealedPhotograph({ sealed, ...place }: PhotographProps & { sealed: PhotoToOpen }) {
  const [opened = 'opening'] = useOpenedPhotos(useMemo(() => [sealed], [sealed]));
  const url = typeof opened === 'object' ? opened.url : null;
  return <Photograph {...place} url={url} note={noteOn(opened)} />;
}

function Photograph({
  letterId,
  n,
  count,
  photo,
  url = `/letters/${letterId}/photos/${n}`,
  note,
}: PhotographProps) {
  const name = `Photograph ${n + 1} of ${count}`;
  const caption = photo.caption.trim();
  const view = (other: number) => `/letters/${letterId}/photos/${other}/view`;
  const letter = `/letters/${letterId}`;
  const before = n > 0 ? view(n - 1) : undefined;
  const next = n + 1 < count ? view(n + 1) : undefined;
  const shape = longShape(photo);
  const picture = url && <img src={url} alt={caption || name} width={photo.width} height={photo.height} />;
  usePhotoKeys({ ArrowLeft: before, ArrowRight: next, Escape: letter });
  return (
    <Page width="wide">
      <h1 className="visually-hidden">{name}</h1>
      <figure className={shape ? `photo photo-full photo-${shape}` : 'photo photo-full'}>
        {!picture ? (
          <ClosedPhoto width={photo.width} height={photo.height} name={caption || name} />
        ) : shape === 'wide' ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard has to get there.
          <section className="photo-pan" aria-label="From side to side" tabIndex={0}>
            {picture}
          </section>
        ) : (
          picture
        )}
        {note ? <p className="photo-note">{note}</p> : null}
        {caption ? <figcaption>{caption}</figcaption> : null}
      </figure>
      <nav className="photo-ways" aria-label="Photographs">
        <ButtonRow>
          <ButtonLink to={letter}>Back to the letter</ButtonLink>
          {before ? (
            <ButtonLink to={before} kind="quiet">
              The one before
            </ButtonLink>
          ) : null}
          {next ? (
            <ButtonLink to={next} kind="quiet">
              The next one
            </ButtonLink>
          ) : null}
        </ButtonRow>
      </nav>
    </Page>
  );
}
