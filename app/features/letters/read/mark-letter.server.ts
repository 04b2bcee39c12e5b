import { redirect } from '@remix-run/node';
import type { AppClient } from '#app/http/api.server.ts';
import { throwNotFound } from '#app/http/errors.server.ts';

/** Stars or archives a letter and leads on, if a form of its page says so. */
export async function markLetter(api: AppClient, id: string, fields: Record<string, string>) {
  const { intent } = fields;
  if (intent === 'star' || intent === 'unstar') {
    const starred = intent === 'star';
    await throwNotFound(() => api.letters.setStarred.mutate({ id, starred }));
    throw redirect(`/letters/${id}`);
  }
  if (intent === 'archive' || intent === 'unarchive') {
    const archived = intent === 'archive';
    await throwNotFound(() => api.letters.setArchived.mutate({ id, archived }));
    throw redirect(archived ? `/inbox?archived=${id}` : '/inbox?done=unarchived');
  }
  // Any other form leads back to the letter, if there is one.
  await throwNotFound(() => api.letters.get.query({ id }));
}
