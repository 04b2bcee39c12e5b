import type { ActionFunctionArgs } from '@remix-run/node';
import { privateHeaders, throwNotFound } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';

/** Saves the reading position, for the page's script. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const api = await requireUserApi(context, request);
  const { fields } = await readForm(request);
  await throwNotFound(() =>
    api.letters.savePlace.mutate({ id: params.id ?? '', position: Number(fields.position) }),
  );
  return new Response(null, { status: 204, headers: privateHeaders });
}
