import type { LoaderFunctionArgs } from '@remix-run/node';
import { orNotFound } from '#app/http/errors.server.ts';
import { photoResponse } from '#app/http/photo-response.server.ts';
import { requirePerson } from '#app/http/session.server.ts';

/** The painted stamp of a letter; 404 while its stamp is drawn. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  return photoResponse(await orNotFound(() => api.stamps.picture({ id: params.id ?? '' })));
}
