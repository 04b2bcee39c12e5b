import type { LetterAccess } from '../letter-access.ts';
import { refusalOf } from '../refusal.ts';
import { checkInput } from '../schemas/check-input.ts';
import { draftText } from '../schemas/letters.ts';
import { toSeal } from '../schemas/stationery.ts';
import { type DraftText, type EditedDraft, photosAsTyped } from './edited-draft.ts';
import { keyOf, sealDraft } from './seal-draft.ts';

/**
 * Seals the text and the draft's photos, and saves them over the version the editor knows.
 * @throws InputRefused; `conflict` if it was saved elsewhere or sent meanwhile; other server
 *   refusals; `fetch` errors without a network, after which the save waits to be repeated
 */
export async function saveDraft(access: LetterAccess, draft: EditedDraft, words: DraftText): Promise<void> {
  await settleSave(access, draft);
  const { id: draftId, version } = draft;
  const checked = checkInput(draftText, words);
  const { to, title, body, arrival, stamp, stampIdea } = checked;
  const { photos, seals } = photosAsTyped(draft, checked);
  const content = { title, body, photos, ...toSeal(checked) };
  const sealed = await sealDraft(access.keys, {
    draftId,
    key: keyOf(draft),
    content,
    to: to || null,
    arrival,
    stamp,
    stampIdea,
  });
  draft.unanswered.save = { draftId, version, to, photos: seals, ...sealed };
  await settleSave(access, draft);
  Object.assign(draft, { photos, seals });
}

/**
 * Repeats an unanswered save, byte for byte. Whether or not the first one arrived, the server
 * stores it once and the editor learns the version.
 * @throws server refusals; `fetch` errors without a network
 */
export async function settleSave({ api }: Pick<LetterAccess, 'api'>, draft: EditedDraft): Promise<void> {
  const { save } = draft.unanswered;
  if (!save) return;
  try {
    const { version } = await api.drafts.save.mutate(save);
    draft.unanswered.save = null;
    draft.version = version;
  } catch (error) {
    if (refusalOf(error)) draft.unanswered.save = null;
    throw error;
  }
}
