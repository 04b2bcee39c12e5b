import type { LoaderFunctionArgs } from '@remix-run/node';
import { requireUserApi } from '#app/http/session.server.ts';
import { pictureAnswer } from '#app/modes/photo-answer.server.ts';
import { openStamp } from '#core/letters/open-photo.ts';

/** Returns the painted stamp of a letter; 404 if it has none. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  await requireUserApi(context, request);
  const id = params.id ?? '';
  return pictureAnswer(context, ['stamp', { letterId: id }], { open: (access) => openStamp(access, id) });
}
