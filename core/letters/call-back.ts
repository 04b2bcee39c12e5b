import { sealDraft } from '../drafts/seal-draft.ts';
import { HOUR } from '../durations.ts';
import type { LetterAccess } from '../letter-access.ts';
import { refusalOf } from '../refusal.ts';
import { withSecret } from '../with-secret.ts';
import { openLetterView } from './open-letter-view.ts';

/**
 * Calls a letter back before it is delivered. It becomes a draft with the same id, text and photos,
 * sealed from its author's own copy. If it was for a later day, the day is to be chosen again.
 * @returns `unreadable` for a letter whose copy doesn't open: nothing was called back
 * @throws `conflict` if it has been delivered; `not-found`; other server refusals; `fetch` errors
 *   without a network
 */
export async function callBack(
  { keys, api }: LetterAccess,
  letterId: string,
): Promise<'called-back' | 'unreadable'> {
  const view = await api.letters.get.query({ id: letterId }).catch(async (error) => {
    if (refusalOf(error)?.code !== 'not-found') throw error;
    // The answer to an earlier try was lost.
    await api.drafts.get.query({ id: letterId });
    return null;
  });
  if (!view) return 'called-back';
  const { opened } = await openLetterView(keys, letterId, view);
  if (!opened) return 'unreadable';
  const { photos } = view.letter;
  const to = view.receiver.username;
  // The server knows the time, not the choice: the author is asked for the day again.
  const isForLater = view.deliverAt !== null && view.deliverAt.getTime() - view.sentAt.getTime() > HOUR;
  const arrival = isForLater ? '' : undefined;
  await withSecret(opened.key, async (key) => {
    const { payload, sealedKey } = await sealDraft(keys, {
      ...{ draftId: letterId, key, content: opened.content, to: to || null, arrival, stampIdea: undefined },
    });
    await api.letters.callBack.mutate({ draftId: letterId, to, payload, sealedKey, photos });
  });
  return 'called-back';
}
