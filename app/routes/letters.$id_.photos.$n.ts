import type { LoaderFunctionArgs } from '@remix-run/node';
import { orNotFound } from '../errors.server.ts';
import { photoOf, photoResponse } from '../photo-response.server.ts';
import { requirePerson } from '../session.server.ts';

/** One photo of a letter, `n` from 0; `?size=preview` for the small one. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  return photoResponse(await orNotFound(() => api.letters.photo(photoOf(params, request.url))));
}
