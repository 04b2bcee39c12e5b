import type { LoaderFunctionArgs } from '@remix-run/node';
import { orNotFound } from '#app/http/errors.server.ts';
import { photoOf, photoResponse, sealedPhotoResponse } from '#app/http/photo-response.server.ts';
import { requirePerson } from '#app/http/session.server.ts';
import { isSealed } from '#app/modes/sealed-session.server.ts';
import { isId } from '#core/id.ts';

/** One photo of a draft of one's own, `n` from 0 or its id; `?size=preview` for the small one. In a sealed session sealed. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const place = photoOf(params, request.url);
  const photo = { ...place, n: isId(params.n) ? params.n : place.n };
  if (await isSealed(api)) return sealedPhotoResponse(await orNotFound(() => api.drafts.sealedPhoto(photo)));
  return photoResponse(await orNotFound(() => api.drafts.photo(photo)));
}
