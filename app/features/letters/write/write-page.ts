import { definePage, type PageArgs } from '#app/modes/define-page.ts';
import type { PageAccess } from '#app/modes/page-access.ts';
import type { DraftView } from '#core/drafts/draft-view.ts';
import { editDraft } from '#core/drafts/edited-draft.ts';
import { isId, newId } from '#core/id.ts';
import { plainStationery, stationeryOf } from '#core/schemas/stationery.ts';
import type { AnsweredLetter } from './answered-letter.tsx';
import type { ShownDraft } from './draft-form.ts';

const draftIdOf = ({ search }: PageArgs) => search.get('draft') || null;

/**
 * The editor: `?draft=ID` opens a draft; otherwise it starts a new one, to the friend in
 * `?to=NAME`, in reply to the letter in `?re=ID`. The letter being answered is shown beside it.
 */
export const writePage = definePage({
  async load(api, args) {
    const id = draftIdOf(args);
    const [{ friends }, stampsOffered, keys, draft] = await Promise.all([
      api.friends.list.query(),
      api.stamps.offered.query(),
      api.friends.allKeys.query(),
      id ? api.drafts.get.query({ id }) : null,
    ]);
    return { friends, stampsOffered, keys, draft, freshId: newId() };
  },
  preview: ({ friends, stampsOffered, draft, freshId }, { search }) => ({
    friends: friends.map(({ username, displayName }) => ({ username, displayName })),
    stampsOffered,
    fresh: draft ? null : freshDraft(freshId, search.get('to') ?? onlyOneOf(friends), search.get('re') ?? ''),
    saved: search.get('done') === 'saved',
  }),
  standsAlone: ({ fresh }) => fresh !== null,
  async open(access, { keys, draft }, { search }) {
    const { compareFriendKeys } = await import('#core/friends/compare-friend-key.ts');
    const [statuses, opened] = await Promise.all([
      // Sending compares again, and reports problems.
      compareFriendKeys(access, keys).catch(() => null),
      draft && openDraft(access, draft),
    ]);
    if (draft && !opened) return null;
    const inReplyTo = opened ? opened.shown.inReplyTo : search.get('re');
    return { statuses, opened, answered: inReplyTo ? await openAnswered(access, inReplyTo) : null };
  },
});

/** The username of somebody's only friend; empty if there are several. */
function onlyOneOf(friends: { username: string }[]): string {
  return friends.length === 1 ? (friends[0]?.username ?? '') : '';
}

function freshDraft(id: string, to: string, re: string): ShownDraft {
  const inReplyTo = isId(re) ? re : undefined;
  const stationery = plainStationery;
  return { id, version: 0, to, title: '', body: '', stationery, inReplyTo, photos: [], savedAt: null };
}

/** Opens the letter being answered; null if it can't be, for writing goes on without it. */
async function openAnswered(access: PageAccess, id: string): Promise<AnsweredLetter | null> {
  const [view, { openLetterView, sentAtOf }] = await Promise.all([
    access.api.letters.get.query({ id }).catch(() => null),
    import('#core/letters/open-letter-view.ts'),
  ]);
  const opened = view && (await openLetterView(access.keys, id, view)).opened;
  if (!opened) return null;
  await access.keep(opened.key, null);
  const { title, body, stationery } = opened.content;
  return {
    ...{ title, body, stationery: stationeryOf(stationery) },
    from: view.author,
    sentAt: sentAtOf(view),
  };
}

/** Opens a draft; null if it is damaged, so that nothing is saved or sent over it. */
async function openDraft(access: PageAccess, view: DraftView) {
  const [{ isCryptoRefusal }, { openDraftView }] = await Promise.all([
    import('#app/browser/keys/crypto.ts'),
    import('#core/drafts/load-draft.ts'),
  ]);
  try {
    const opened = await openDraftView(access.keys, view);
    const { key, content, to, arrival, stamp, stampIdea } = opened;
    const { id, version, updatedAt: savedAt } = view;
    const stationery = stationeryOf(content.stationery);
    const shown: ShownDraft = {
      ...{ ...content, id, version, to: to ?? '', arrival, stamp, stampIdea, stationery, savedAt },
    };
    return { shown, edited: await access.keep(key, editDraft(view, opened)) };
  } catch (error) {
    if (!isCryptoRefusal(error)) throw error;
    access.reportDamaged('draft', { draftId: view.id });
    return null;
  }
}
