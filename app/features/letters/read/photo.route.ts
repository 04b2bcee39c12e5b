import type { LoaderFunctionArgs } from '@remix-run/node';
import { photoOf } from '#app/http/photo-response.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { pictureAnswer } from '#app/modes/photo-answer.server.ts';
import { openPhoto } from '#core/letters/open-photo.ts';

/**
 * Returns one photo of a letter, `n` from 0; `?size=preview` is the small one. Stays sealed in a
 * sealed session.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  await requireUserApi(context, request);
  const photo = photoOf(params, request.url);
  return pictureAnswer(context, ['photo', { letterId: photo.id, n: photo.n }], {
    open: (access) => openPhoto(access, photo),
    sealed: (api) => api.letters.photo.query(photo),
  });
}
