import { letterHash } from '#core/crypto/index.ts';
import { HOUR, SECOND } from '#core/durations.ts';
import { createdWithin } from '#core/letters/open-letter-view.ts';
import type { SendLetterInput } from '#core/schemas/sealed.ts';
import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import type { StoredDraft } from '../drafts/draft.store.ts';
import { savedElsewhere } from '../drafts/save-draft.ts';
import { AppError } from '../errors.ts';
import { requireFriend } from '../friends/require-friend.ts';
import { describeError } from '../log.ts';
import { zoneOf } from '../notifications/plan-notifications.ts';
import { fromPhotoColumns } from '../photos/photo-columns.ts';
import { enqueue } from '../queue/enqueue.ts';
import { orderStamp } from '../stamps/order-stamp.ts';
import { kilobytesOf, reserveStorage } from '../storage/quota.ts';
import { deliveryTime } from './delivery-time.ts';
import { letterDeliver } from './letter.jobs.ts';
import { type NewLetter, type StoredLetter, toStoredFields } from './letter.store.ts';

/** Deliveries further away than this are left to the sweeper: a queue may forget, or refuse, a long delay. */
const QUEUED_AHEAD_MS = HOUR;

/**
 * Stores a sealed letter, enqueues its delivery and deletes its draft. It is `scheduled` as long as
 * its author can call it back, at least for `UNDO_SECONDS`; `queued` if that is 0. The server cannot
 * check the content; it checks the envelope, both users and their keys, and that the photos
 * are the draft's. Sending the same sealed letter twice stores one.
 *
 * @throws {AppError}
 * - `forbidden` when the receiver is not an accepted friend, or the author is another user;
 * - `conflict` on `key` when the receiver's keys changed since sealing, on `epoch` when the
 *   author's did;
 * - `conflict` when another letter has this id (the sender can open that one and compare);
 * - `conflict` on `version` when the draft was saved elsewhere since `draftVersion`;
 * - `invalid-input` for a wrong clock, other photos, or on `arrival` for a day that is past or more
 *   than a year away.
 */
export async function sendLetter(
  deps: Deps,
  actor: Actor,
  { to, letter, heading, stampIdea, draftVersion, arrival }: SendLetterInput,
): Promise<{ letterId: string }> {
  const { letterId } = letter;
  const friend = await requireFriend(deps, actor, to);
  requireEnvelope(deps, actor, letter, friend);
  const hash = await letterHash(letter);
  const before = await deps.stores.letters.findById(letterId);
  let deliverAt = before?.deliverAt ?? null;
  if (!before) {
    await requireCurrentKeys(deps, actor, letter, friend);
    const draft = await deps.stores.drafts.find(letterId, actor.userId);
    requireSeen(draft, draftVersion);
    requireDraftPhotos(draft, letter);
    const sentAt = deps.now();
    deliverAt = deliveryTime(
      arrival,
      zoneOf(friend.timeZone ? friend : actor),
      sentAt,
      deps.env.UNDO_SECONDS * SECOND,
    );
    const status = deliverAt ? ('scheduled' as const) : ('queued' as const);
    const stored = { status, sentAt, deliverAt, hash, authorHeading: heading };
    const outcome = await storeLetter(deps, { ...toStoredFields(letter), ...stored });
    if (outcome === 'exists') requireSame(await deps.stores.letters.findById(letterId), actor, hash);
  } else requireSame(before, actor, hash);
  await deps.stores.drafts.delete(letterId, actor.userId);
  await enqueueDelivery(deps, letterId, deliverAt);
  await orderStamp(deps, letterId, stampIdea);
  return { letterId };
}

type Sealed = SendLetterInput['letter'];

function requireEnvelope(deps: Deps, actor: Actor, letter: Sealed, friend: User): void {
  if (letter.authorId !== actor.userId) {
    throw new AppError(
      'forbidden',
      'This letter was sealed by a different account. Log in to that account to send it.',
    );
  }
  if (letter.receiverId !== friend.id) {
    const message = 'This letter was sealed for a different friend. Seal it again.';
    throw new AppError('invalid-input', message, { fields: { to: message } });
  }
  if (Math.abs(letter.createdAt - deps.now().getTime()) > createdWithin) {
    throw new AppError(
      'invalid-input',
      'Your device’s clock is off by more than a day. Correct it, then send the letter again.',
    );
  }
}

async function requireCurrentKeys(deps: Deps, actor: Actor, letter: Sealed, friend: User): Promise<void> {
  const author = await deps.stores.users.findById(actor.userId);
  if (author?.keyEpoch !== letter.authorEpoch) {
    const message = 'Your keys were replaced on another device. Log in again to use the new ones.';
    throw new AppError('conflict', message, { fields: { epoch: message } });
  }
  if (friend.keyEpoch !== letter.receiverEpoch) throw keyChanged(friend.displayName);
}

/** Requires every photo of the letter to be in its draft, sealed the same; the draft may have more. */
function requireDraftPhotos(draft: StoredDraft | null, letter: Sealed): void {
  const kept = new Map((draft ? fromPhotoColumns(draft) : []).map((seal) => [seal.photoId, seal]));
  const known = letter.photos.every(({ photoId, fullHash, previewHash }) => {
    const seal = kept.get(photoId);
    return seal?.fullHash === fullHash && seal.previewHash === previewHash;
  });
  if (!known) {
    const message =
      'Some of this letter’s photos aren’t saved in its draft. Save the draft with its photos, then send it.';
    throw new AppError('invalid-input', message, { fields: { photos: message } });
  }
}

function requireSame(stored: StoredLetter | null, actor: Actor, hash: string): void {
  const isSame = stored?.authorId === actor.userId && stored.hash === hash;
  if (!isSame || stored.status === 'recalled') throw draftUsed();
}

/**
 * Refuses when the draft was saved elsewhere since: sending deletes it, and the unseen text would
 * be lost.
 */
function requireSeen(draft: { version: number } | null, seen: number | undefined): void {
  if (draft && seen !== undefined && draft.version !== seen) throw savedElsewhere();
}

function draftUsed(): AppError {
  return new AppError(
    'conflict',
    'A letter was already sent from this draft and can’t be changed. Put your text in a new draft.',
  );
}

function keyChanged(name: string): AppError {
  const message = `${name} has new keys. Compare your safety number before you send them anything.`;
  return new AppError('conflict', message, { fields: { key: message } });
}

/**
 * Enqueues the delivery, best effort: the sweeper enqueues what fails here, and what is due later
 * than a queue should remember.
 *
 * @param deliverAt null for at once
 */
export async function enqueueDelivery(
  deps: Deps,
  letterId: string,
  deliverAt: Date | null = null,
): Promise<void> {
  const delay = Math.max(0, (deliverAt?.getTime() ?? 0) - deps.now().getTime());
  if (delay > QUEUED_AHEAD_MS) return;
  // Called back and sent again, the letter has another time, and another job.
  const later = deliverAt && {
    delay,
    deduplication: { id: `letter.deliver.${letterId}.${deliverAt.getTime()}` },
  };
  try {
    await enqueue(deps.queue, letterDeliver, { letterId }, later ?? {});
  } catch (error) {
    deps.log.error('delivery not enqueued', { letterId, ...describeError(error) });
  }
}

/**
 * Stores a letter and counts it in its author's quota, never in the receiver's: a friend must not
 * be able to fill it.
 *
 * @returns `exists` when there is one with this id, which stays unchanged and is not counted again
 * @throws {AppError} `too-large` when the quota is full.
 */
export async function storeLetter(deps: Deps, letter: NewLetter): Promise<'inserted' | 'exists'> {
  const kilobytes = kilobytesOf(letter.payload.byteLength);
  await reserveStorage(deps, letter.authorId, kilobytes);
  let outcome: 'inserted' | 'exists' | 'failed' = 'failed';
  try {
    outcome = await deps.stores.letters.insert(letter);
    return outcome;
  } finally {
    if (outcome !== 'inserted') await deps.stores.storages.subtract(letter.authorId, kilobytes);
  }
}
