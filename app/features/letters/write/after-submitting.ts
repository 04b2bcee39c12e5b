import { type DraftText, type EditedDraft, photosAsTyped } from '#core/drafts/edited-draft.ts';
import type { Submitted } from '#core/letters/submit-draft.ts';
import { stationeryOf } from '#core/schemas/stationery.ts';
import type { ShownDraft } from './draft-form.ts';

const pages = {
  sent: ({ id }: EditedDraft) => `/letters/${id}/sent`,
  saved: ({ id }: EditedDraft) => `/write?draft=${id}&done=saved`,
  'key-changed': ({ id }: EditedDraft, to: string) => `/friends/${to}/safety?draft=${id}`,
};

/**
 * Returns the page to go to after a successful post.
 *
 * @param to username of the letter's receiver
 */
export function pathAfter(
  { outcome, draft }: Exclude<Submitted, { outcome: 'refused' }>,
  to: string,
): string {
  return pages[outcome](draft, to);
}

/** Combines a refused form's text with the photos the draft has, to show the form again. */
export function shownAfter(draft: EditedDraft, words: DraftText, savedAt: Date | null): ShownDraft {
  const { to, title, body, stampIdea, inReplyTo, arrival, stamp } = words;
  const { id, version } = draft;
  const { photos } = photosAsTyped(draft, words);
  const stationery = stationeryOf(words.stationery);
  return { id, version, to, title, body, stampIdea, stationery, inReplyTo, arrival, stamp, photos, savedAt };
}
