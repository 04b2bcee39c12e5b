import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ButtonLink, ButtonRow } from '../components/index.ts';
import { orNotFound, privateHeaders } from '../errors.server.ts';
import { Page } from '../person-page.tsx';
import { photoOf } from '../photo-response.server.ts';
import { requirePerson } from '../session.server.ts';

export const meta: MetaFunction = () => [{ title: 'A photograph · Project BFF' }];

/** One photo as large as the window allows, with a way back: a picture by itself has none on a phone. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const letter = await orNotFound(() => api.letters.read({ id: params.id ?? '' }));
  const photos = letter.content?.photos ?? [];
  const { n } = photoOf(params, request.url);
  const photo = photos[n];
  if (!photo) throw data(null, { status: 404, headers: privateHeaders });
  return data({ letterId: letter.id, n, count: photos.length, photo }, { headers: privateHeaders });
}

export default function Photograph() {
  const { letterId, n, count, photo } = useLoaderData<typeof loader>();
  const name = `Photograph ${n + 1} of ${count}`;
  const caption = photo.caption.trim();
  const view = (other: number) => `/letters/${letterId}/photos/${other}/view`;
  return (
    <Page width="wide">
      <h1 className="visually-hidden">{name}</h1>
      <figure className="photo photo-full">
        <img
          src={`/letters/${letterId}/photos/${n}`}
          alt={caption || name}
          width={photo.width}
          height={photo.height}
        />
        {caption ? <figcaption>{caption}</figcaption> : null}
      </figure>
      <nav aria-label="Photographs">
        <ButtonRow>
          <ButtonLink to={`/letters/${letterId}`}>Back to the letter</ButtonLink>
          {n > 0 ? (
            <ButtonLink to={view(n - 1)} kind="quiet">
              The one before
            </ButtonLink>
          ) : null}
          {n + 1 < count ? (
            <ButtonLink to={view(n + 1)} kind="quiet">
              The next one
            </ButtonLink>
          ) : null}
        </ButtonRow>
      </nav>
    </Page>
  );
}
