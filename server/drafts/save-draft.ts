import type { Bytes } from '#core/bytes.ts';
import { newLetterKey, type PhotoManifestEntry, type PhotoSeal } from '#core/crypto/index.ts';
import { orderPhotos } from '#core/drafts/order-photos.ts';
import { sealDraftSheet } from '#core/drafts/seal-draft-sheet.ts';
import { newId } from '#core/id.ts';
import { standsStillText } from '#core/photos/photo-advice.ts';
import { sealPhotoPair } from '#core/photos/seal-photo-pair.ts';
import type { SaveDraftInput } from '#core/schemas/letters.ts';
import { limits } from '#core/schemas/limits.ts';
import { wiping } from '#core/wiping.ts';
import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { findFriend } from '../friends/require-friend.ts';
import { createKeyedSemaphore } from '../memory/keyed-semaphore.ts';
import { toPhotoColumns } from '../photos/photo-columns.ts';
import { storePhoto } from '../photos/store-photo.ts';
import type { DraftToSave } from './draft.store.ts';
import { openDraft } from './open-draft.ts';

export interface SavedDraft {
  draftId: string;
  version: number;
  savedAt: Date;
  photos: PhotoManifestEntry[];
  /** One sentence for each photo that could not be taken, and is not saved, or that moves in its file and stands still here. */
  photoNotes: string[];
}

/**
 * Saves a letter in progress, sealed to its author. New photos are processed and sealed under the key of the letter it
 * will be, once: sending does not touch them again. A photo that is refused does not stop the rest. The same save once more,
 * because the button was pressed twice or the answer was lost on the way, changes nothing.
 *
 * @throws {AppError} `conflict` when the draft was saved elsewhere since `version` was loaded, or the letter was sent.
 */
export async function saveDraft(deps: Deps, actor: Actor, input: SaveDraftInput): Promise<SavedDraft> {
  const existing = await openDraft(deps, actor, input.draftId);
  const receiver = input.to ? await findFriend(deps, actor, input.to) : null;
  if ((existing?.version ?? 0) !== input.version) return savedBefore(existing, input, receiver);
  if (!existing && (await deps.stores.letters.findById(input.draftId))) throw alreadySent();
  return wiping(existing?.key ?? newLetterKey(), (key) =>
    saveOver(deps, actor, input, receiver, existing, key),
  );
}

async function saveOver(
  deps: Deps,
  actor: Actor,
  input: SaveDraftInput,
  receiver: User | null,
  existing: Awaited<ReturnType<typeof openDraft>>,
  key: Bytes,
): Promise<SavedDraft> {
  const removed = new Set(input.removePhotoIds);
  const remaining = <Photo extends { photoId: string }>(photos: readonly Photo[] = []) =>
    orderPhotos(photos, input.photoOrder).filter(({ photoId }) => !removed.has(photoId));
  const kept = remaining(existing?.content.photos);
  const keptSeals = remaining(existing?.photos);
  const room = limits.photos - kept.length;
  const added = await addPhotos(deps, actor, input, key, room);
  const photoNotes = [...added.notes];
  if (input.newPhotos.length > room) {
    photoNotes.push(`A letter holds ${limits.photos} photos; ${input.newPhotos.length - room} did not fit.`);
  }

  const photos = [...kept, ...added.manifest].map((photo) => ({
    ...photo,
    caption: input.captions[photo.photoId] ?? photo.caption,
  }));
  const { draftId, title, body, stampIdea } = input;
  const content = { title, body, photos };
  const sealed = await sealDraftSheet(await actor.keys(), {
    ...{ draftId, key, content, stampIdea },
    to: receiver?.username ?? null,
  });
  const now = deps.now();
  const outcome = await saveUnlessSent(
    deps,
    {
      id: draftId,
      authorId: actor.userId,
      receiverId: receiver?.id ?? null,
      ...sealed,
      ...toPhotoColumns([...keptSeals, ...added.seals]),
      createdAt: now,
      updatedAt: now,
    },
    input.version,
  );
  if (outcome === 'stale') return savedBefore(await openDraft(deps, actor, draftId), input, receiver);
  // Photos that no draft or letter names, because they were removed or a save came second, are the collector's.
  return { draftId, version: input.version + 1, savedAt: now, photos, photoNotes };
}

/**
 * Saves over the version the writer last saw. A letter takes its draft away once it is stored, so a first save that came
 * after that is taken back here, and one that came before is gone already: no draft stays behind a letter.
 *
 * @returns `stale` when it was saved since: elsewhere, or by the same save
 * @throws {AppError} `conflict` when the letter was sent; `too-large` when there are as many drafts as one may have.
 */
export async function saveUnlessSent(
  deps: Deps,
  draft: DraftToSave,
  version: number,
): Promise<'saved' | 'stale'> {
  const { drafts, letters } = deps.stores;
  if (version === 0) await requireRoomForDraft(deps, draft);
  const outcome = await drafts.save(draft, version);
  if (outcome === 'saved' && version > 0) return outcome;
  if (outcome === 'saved') await takeBackBeyondBound(deps, draft);
  const sent = (await letters.findForMember(draft.id, draft.authorId)) !== null;
  if (sent && outcome === 'saved') await drafts.delete(draft.id, draft.authorId);
  if (sent) throw alreadySent();
  return outcome;
}

/** The same draft once more is no new one. */
async function requireRoomForDraft({ stores }: Deps, { id, authorId }: DraftToSave): Promise<void> {
  if ((await stores.drafts.count(authorId, limits.drafts)) < limits.drafts) return;
  if (await stores.drafts.find(id, authorId)) return;
  throw tooManyDrafts();
}

/** Several first saves at once may each have seen room for one more; those that went beyond the bound are refused. */
async function takeBackBeyondBound({ stores }: Deps, { id, authorId }: DraftToSave): Promise<void> {
  const drafts = await stores.drafts.count(authorId, limits.drafts + 1);
  if (drafts <= limits.drafts) return;
  await stores.drafts.delete(id, authorId);
  throw tooManyDrafts();
}

function tooManyDrafts(): AppError {
  return new AppError(
    'too-large',
    `You have ${limits.drafts} drafts, and there's no room for another. Send or delete one, then save this one.`,
  );
}

/**
 * The answer to a save that was made already.
 * @throws {AppError} `conflict` when it was another one.
 */
function savedBefore(
  stored: Awaited<ReturnType<typeof openDraft>>,
  input: SaveDraftInput,
  receiver: User | null,
): SavedDraft {
  const { draftId, version, title, body, stampIdea, captions, removePhotoIds, newCaptions } = input;
  if (stored?.version !== version + 1) throw savedElsewhere();
  const { photos } = stored.content;
  // A form names each photo it has by its caption; new ones come last.
  const keptCount = Object.keys(captions).filter((photoId) => !removePhotoIds.includes(photoId)).length;
  const keptPhotos = photos.slice(0, keptCount);
  const inOrder = orderPhotos(keptPhotos, input.photoOrder);
  const isSame =
    stored.content.title === title &&
    stored.content.body === body &&
    stored.to === (receiver?.username ?? null) &&
    (stampIdea === undefined || stored.stampIdea === stampIdea) &&
    photos.length === keptCount + input.newPhotos.length &&
    keptPhotos.every((photo, n) => photo === inOrder[n]) &&
    photos.every(({ photoId, caption }, n) =>
      n < keptCount ? captions[photoId] === caption : (newCaptions[n - keptCount] ?? '') === caption,
    );
  if (!isSame) throw savedElsewhere();
  return { draftId, version: stored.version, savedAt: stored.updatedAt, photos, photoNotes: [] };
}

/** Processes all photos (the processor bounds how many at once), seals them and stores them. */
async function addPhotos(deps: Deps, actor: Actor, input: SaveDraftInput, key: Bytes, room: number) {
  const { newPhotos, newPhotoNames, newCaptions } = input;
  const notes: string[] = [];
  const note = (index: number, sentence: string) => {
    const name = newPhotoNames[index] ? `“${newPhotoNames[index]}”` : `Photo ${index + 1}`;
    notes.push(newPhotos.length > 1 || newPhotoNames[index] ? `${name}: ${sentence}` : sentence);
  };
  const outcomes = await Promise.all(
    newPhotos.slice(0, room).map(async (picture, index) => {
      try {
        const photo = await addPhoto(deps, actor, input.draftId, key, picture as Bytes);
        return { ...photo, refusal: undefined, index };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return { refusal: error.message, index };
      }
    }),
  );
  for (const outcome of outcomes) {
    if (outcome.refusal !== undefined) note(outcome.index, outcome.refusal);
    else if (outcome.standsStill) note(outcome.index, standsStillText);
  }
  const added = outcomes.filter((outcome) => outcome.refusal === undefined);
  return {
    manifest: added.map(({ entry, index }) => ({ ...entry, caption: newCaptions[index] ?? '' })),
    seals: added.map((photo) => photo.seal),
    notes,
  };
}

async function addPhoto(
  deps: Deps,
  actor: Actor,
  letterId: string,
  key: Bytes,
  picture: Bytes,
): Promise<{ entry: PhotoManifestEntry; seal: PhotoSeal; standsStill: boolean }> {
  const photoId = newId();
  const { standsStill, ...processed } = await processAtCost(deps, actor, picture);
  const { full, preview, seal } = await sealPhotoPair(key, { letterId, photoId }, processed);
  await storePhoto(deps, {
    id: photoId,
    letterId,
    authorId: actor.userId,
    full,
    preview,
    createdAt: deps.now(),
  });
  const { width, height, mediaType } = processed;
  return { entry: { photoId, caption: '', width, height, mediaType }, seal, standsStill };
}

/** One photo of an account at a time waits at the door of all accounts, so that the photos of one delay others by one. */
const ownTurns = createKeyedSemaphore({ permits: 1, maxWaiting: 8 * limits.photos });

/** Counts the processor's seconds by account, one before the work so that what is used up is refused without it. */
async function processAtCost(deps: Deps, { userId }: Actor, picture: Bytes) {
  const count = (seconds: number) => deps.limits.count('photo seconds by account', userId, seconds);
  await count(1);
  let seconds = 0;
  try {
    const done = await ownTurns.acquire(userId);
    return await deps.photos
      .processPhoto(picture, (cpuMs) => {
        seconds = Math.floor(cpuMs / 1000);
      })
      .finally(done);
  } finally {
    // What is too much from here on is told to the next one.
    if (seconds > 0) await count(seconds).catch(() => undefined);
  }
}

/** `conflict` on `version`. */
export function savedElsewhere(): AppError {
  const message =
    'This draft was saved from another window or device in the meantime. Your words are still below: copy what you need, then open the draft again.';
  return new AppError('conflict', message, { fields: { version: message } });
}

export function alreadySent(): AppError {
  return new AppError('conflict', 'This letter is on its way already.');
}
