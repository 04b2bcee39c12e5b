import type { AppCaller } from '#app/http/api.server.ts';
import { isSealed, sealedData } from '#app/modes/sealed-session.server.ts';
import { newId } from '#core/id.ts';
import type { DeskData } from './desk-data.ts';

/** The sheet of the write page: the draft of `?draft=ID`, else a fresh one to `?to=NAME`. */
export async function loadDesk(api: AppCaller, query: URLSearchParams): Promise<DeskData> {
  const sealedFor = (await isSealed(api)) ? ((await api.accounts.me())?.username ?? '') : null;
  const id = query.get('draft');
  if (!id) {
    const words = { to: query.get('to') ?? '', title: '', body: '', photos: [], savedAt: null };
    return { sheet: { id: newId(), version: 0, ...words }, sealedFor, sealed: null, opening: 'open' };
  }
  if (sealedFor !== null) {
    const sealed = await sealedData(api, await api.drafts.sealed({ id }));
    return { sheet: null, sealedFor, sealed, opening: 'opening' };
  }
  const draft = await api.drafts.open({ id });
  const sheet = { ...draft, to: draft.to ?? '', savedAt: draft.updatedAt };
  return { sheet, sealedFor, sealed: null, opening: 'open' };
}
