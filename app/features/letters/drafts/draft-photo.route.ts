import type { LoaderFunctionArgs } from '@remix-run/node';
import { photoOf } from '#app/http/photo-response.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { pictureAnswer } from '#app/modes/photo-answer.server.ts';
import { isId } from '#core/id.ts';
import { openDraftPhoto } from '#core/letters/open-photo.ts';

/** One photo of a draft, `n` from 0 or its id; `?size=preview` for the small one. In a sealed session as it is kept. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  await requireUserApi(context, request);
  const place = photoOf(params, request.url);
  const photo = { ...place, n: isId(params.n) ? params.n : place.n };
  return pictureAnswer(context, ['photo', { draftId: photo.id, n: photo.n }], {
    open: (access) => openDraftPhoto(access, photo),
    sealed: (api) => api.drafts.photo.query(photo),
  });
}
