import { refusalOf } from '#app/browser/browser-api.ts';
import { InputRefused } from '#app/browser/check-input.ts';
import { keysOf } from '#app/modes/open-sealed.ts';
import { readSheet } from './read-sheet.ts';
import { type SealedDraft, saveSealed } from './sealed-draft.ts';
import type { AutosaveAnswer } from './use-autosave.ts';

const loggedOut = 'You were logged out. Log in again in another tab; your words stay here.';

/** Seals and saves the words of a form; its photos are kept when the person saves or sends. Rejects without network. */
export async function autosave(
  username: string,
  draft: SealedDraft,
  fields: FormData,
): Promise<AutosaveAnswer> {
  const keys = await keysOf(username);
  if (!keys) return { version: draft.version, problem: loggedOut };
  try {
    await saveSealed(keys, draft, readSheet(fields).words);
    return { version: draft.version, problem: null };
  } catch (error) {
    if (error instanceof InputRefused) return { version: draft.version, problem: error.message };
    const refusal = refusalOf(error);
    if (!refusal || refusal.code === 'unavailable') throw error;
    const problem = refusal.code === 'unauthenticated' ? loggedOut : refusal.message;
    return { version: draft.version, problem };
  }
}
