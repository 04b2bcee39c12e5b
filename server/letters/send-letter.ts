import { letterHash, newLetterKey, type PhotoManifestEntry } from '#core/crypto/index.ts';
import { orderPhotos } from '#core/drafts/order-photos.ts';
import { maySealTo } from '#core/friends/friend-key.ts';
import { composeLetter } from '#core/letters/compose-letter.ts';
import { openLetterView } from '#core/letters/open-letter-view.ts';
import type { SendLetterInput } from '#core/schemas/letters.ts';
import { wiping } from '#core/wiping.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { openDraft } from '../drafts/open-draft.ts';
import { savedElsewhere } from '../drafts/save-draft.ts';
import { AppError } from '../errors.ts';
import { checkFriendKey } from '../friends/pinned-keys.ts';
import { requireFriend } from '../friends/require-friend.ts';
import { describeError } from '../log.ts';
import { enqueue } from '../queue/enqueue.ts';
import { orderStamp } from '../stamps/order-stamp.ts';
import { letterDeliver } from './letter.jobs.ts';
import { toStoredFields } from './sealed-letter.ts';
import { storeLetter } from './store-letter.ts';
import { viewLetter } from './view-letter.ts';

/**
 * Seals a letter to a friend, stores it as `queued` and hands its delivery to the queue. The letter takes the id, the
 * key and the photos of the draft it was written as, if there is one; the draft is then gone. Sending an id twice is
 * one letter. When the queue cannot be reached the letter is stored all the same and the sweeper delivers it later.
 *
 * @throws {AppError} `forbidden` when the receiver is not an accepted friend; `conflict` on `key` when their key is another
 *   one than was seen before, until the person has looked at it; `conflict` when the id is another letter's, also one of
 *   their own with other words or to another friend; `conflict` on `version` when its draft
 *   was saved elsewhere since `draftVersion`.
 */
export async function sendLetter(
  deps: Deps,
  actor: Actor,
  input: SendLetterInput,
): Promise<{ letterId: string }> {
  const { letterId } = input;
  const friend = await requireFriend(deps, actor, input.to);
  if (!maySealTo(await checkFriendKey(deps, actor, friend))) throw keyChanged(friend.displayName);
  const draft = await openDraft(deps, actor, letterId);
  const photos: PhotoManifestEntry[] = orderPhotos(draft?.content.photos ?? [], input.photoOrder).map(
    (photo) => ({
      ...photo,
      caption: input.captions[photo.photoId] ?? photo.caption,
    }),
  );
  const now = deps.now();
  const { letter, heading } = await wiping(draft?.key ?? newLetterKey(), async (key) => {
    // Saved by another press of a button on the same page: nothing in the draft would be lost.
    const isSame = draft?.content.title.trim() === input.title && draft.content.body === input.body;
    if (!isSame) requireSeen(draft, input.draftVersion);
    return composeLetter(await actor.keys(), {
      letterId,
      to: { userId: friend.id, epoch: friend.keyEpoch, publicKey: friend.identityPublicKey },
      content: { title: input.title, body: input.body, photos },
      photos: orderPhotos(draft?.photos ?? [], input.photoOrder),
      key,
      createdAt: now.getTime(),
    });
  });
  const outcome = await storeLetter(deps, {
    ...toStoredFields(letter),
    status: 'queued',
    sentAt: now,
    hash: await letterHash(letter),
    authorHeading: heading,
  });
  if (outcome === 'exists') await requireSameLetter(deps, actor, input, friend.id);
  // Also one that was saved while this was being sealed.
  await deps.stores.drafts.delete(letterId, actor.userId);
  await enqueueDelivery(deps, letterId);
  await orderStamp(deps, letterId, input.stampIdea);
  return { letterId };
}

/** The draft goes with the letter: words of it that somebody has not seen would be lost. */
export function requireSeen(draft: { version: number } | null, seen: number | undefined): void {
  if (draft && seen !== undefined && draft.version !== seen) throw savedElsewhere();
}

/** The same letter once more changes nothing. Other words under its id would be lost without a word about it. */
async function requireSameLetter(
  deps: Deps,
  actor: Actor,
  { letterId, title, body }: SendLetterInput,
  receiverId: string,
): Promise<void> {
  const sent = await deps.stores.letters.findForMember(letterId, actor.userId);
  if (sent?.authorId === actor.userId && sent.receiverId === receiverId) {
    const view = await viewLetter(deps, actor, letterId);
    const { opened } = await openLetterView(await actor.keys(), letterId, view);
    if (opened?.content.title === title && opened.content.body === body) return;
  }
  throw sheetUsed();
}

export function sheetUsed(): AppError {
  return new AppError(
    'conflict',
    'Another letter was sent from this sheet before, and it stays as it is. Your words are kept on a fresh sheet: press send once more.',
  );
}

export function keyChanged(name: string): AppError {
  const message = `${name} has new keys. Have a look at your safety number before you seal something to them.`;
  return new AppError('conflict', message, { fields: { key: message } });
}

/** Best effort: what does not reach the queue now is swept up later. */
export async function enqueueDelivery(deps: Deps, letterId: string): Promise<void> {
  try {
    await enqueue(deps.queue, letterDeliver, { letterId });
  } catch (error) {
    deps.log.error('delivery not enqueued', { letterId, ...describeError(error) });
  }
}
