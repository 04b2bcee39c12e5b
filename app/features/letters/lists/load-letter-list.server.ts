import { data } from '@remix-run/node';
import type { LoadContext } from '#app/http/api.server.ts';
import { orErrorPage, privateHeaders } from '#app/http/errors.server.ts';
import { requirePerson } from '#app/http/session.server.ts';
import { isSealed, sealedData } from '#app/modes/sealed-session.server.ts';
import { type ListData, withoutTitles } from './letter-list.ts';

/** One page of the inbox or of what was sent. */
export async function loadLetterList(context: LoadContext, request: Request, list: 'inbox' | 'sent') {
  const api = await requirePerson(context, request);
  const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
  const older = Boolean(cursor);
  const loaded = await orErrorPage(async (): Promise<ListData> => {
    if (!(await isSealed(api))) {
      return { ...(await api.letters[list]({ cursor })), older, sealed: null, opening: 'open' };
    }
    const page = await api.letters[list === 'inbox' ? 'sealedInbox' : 'sealedSent']({ cursor });
    return { ...withoutTitles(page), older, sealed: await sealedData(api, page), opening: 'opening' };
  });
  return data(loaded, { headers: privateHeaders });
}
