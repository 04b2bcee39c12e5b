import type { LetterAccess } from '../letter-access.ts';
import { refusalOf } from '../refusal.ts';
import { checkInput } from '../schemas/check-input.ts';
import { draftText } from '../schemas/letters.ts';
import { type DraftText, type EditedDraft, photosAsTyped } from './edited-draft.ts';
import { keyOf, sealDraft } from './seal-draft.ts';

/**
 * Seals the words with the photos the draft has, and saves them over the version the editor knows.
 *
 * @throws InputRefused; `conflict` when it was saved elsewhere meanwhile, or sent; whatever else the server refuses; what
 *   `fetch` throws without a network, and the save then waits to be repeated
 */
export async function saveDraft(access: LetterAccess, draft: EditedDraft, words: DraftText): Promise<void> {
  await settleSave(access, draft);
  const { id: draftId, version } = draft;
  const checked = checkInput(draftText, words);
  const { to, title, body, stampIdea } = checked;
  const { photos, seals } = photosAsTyped(draft, checked);
  const content = { title, body, photos };
  const sealed = await sealDraft(access.keys, {
    draftId,
    key: keyOf(draft),
    content,
    to: to || null,
    stampIdea,
  });
  draft.unanswered.save = { draftId, version, to, photos: seals, ...sealed };
  await settleSave(access, draft);
  Object.assign(draft, { photos, seals });
}

/**
 * Repeats a save that was never answered, byte for byte. Whether or not the first one had arrived, the server has it
 * once, and the editor learns the version.
 *
 * @throws what the server refuses, and what `fetch` throws without a network
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
