import type { LoaderFunctionArgs } from '@remix-run/node';
import { orNotFound } from '#app/http/errors.server.ts';
import { photoOf, photoResponse, sealedPhotoResponse } from '#app/http/photo-response.server.ts';
import { requirePerson } from '#app/http/session.server.ts';
import { isSealed } from '#app/modes/sealed-session.server.ts';

/** One photo of a letter, `n` from 0; `?size=preview` for the small one. In a sealed session as it is kept, sealed. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const photo = photoOf(params, request.url);
  if (await isSealed(api)) return sealedPhotoResponse(await orNotFound(() => api.letters.sealedPhoto(photo)));
  return photoResponse(await orNotFound(() => api.letters.photo(photo)));
}
