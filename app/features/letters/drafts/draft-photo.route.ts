import type { LoaderFunctionArgs } from '@remix-run/node';
import { photoOf } from '#app/http/photo-response.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { pictureAnswer } from '#app/modes/photo-answer.server.ts';
import { isId } from '#core/id.ts';
import { openDraftPhoto } from '#core/letters/open-photo.ts';

/**
 * Returns one photo of a draft; `n` is its index or its id, and `?size=preview` the small one.
 * Stays sealed in a sealed session.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  await requireUserApi(context, request);
  const place = photoOf(params, request.url);
  const photo = { ...place, n: isId(params.n) ? params.n : place.n };
  return pictureAnswer(context, ['photo', { draftId: photo.id, n: photo.n }], {
    open: (access) => openDraftPhoto(access, photo),
    sealed: (api) => api.drafts.photo.query(photo),
  });
}
