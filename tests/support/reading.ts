import type { AccountKeys } from '#core/account-keys.ts';
import { summarizeDrafts } from '#core/drafts/summarize-drafts.ts';
import { nameLetters } from '#core/letters/name-letters.ts';
import type { Context } from '#server/context.ts';
import { createCaller } from '#server/router.ts';

export type Reading = ReturnType<typeof readingOf>;

/** Loads what a person's pages show, and opens it. */
export function readingOf(context: Context) {
  const api = createCaller(context);
  const keys = async (): Promise<AccountKeys> => {
    if (!context.actor) throw new Error('nobody is logged in');
    return context.actor.keys();
  };
  return {
    inbox: async (page = {}) => nameLetters(await keys(), await api.letters.inbox(page)),
    sent: async (page = {}) => nameLetters(await keys(), await api.letters.sent(page)),
    drafts: async (page = {}) => summarizeDrafts(await keys(), await api.drafts.list(page)),
  };
}
