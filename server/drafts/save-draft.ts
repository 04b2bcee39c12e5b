import { equalBytes } from '#core/bytes.ts';
import { limits } from '#core/schemas/limits.ts';
import type { SaveDraftInput } from '#core/schemas/sealed.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { findFriend } from '../friends/require-friend.ts';
import { toPhotoColumns } from '../photos/photo-columns.ts';
import type { DraftToSave } from './draft.store.ts';

/**
 * Saves a draft that its author sealed. Photos are uploaded first and listed here in order.
 * Repeating a save whose answer was lost changes nothing.
 *
 * @param savedAs the version it gets
 *
 * @throws {AppError} `conflict` when the draft was saved elsewhere since `version` was loaded, or
 *   the letter was sent; `invalid-input` when a photo was never uploaded for it.
 */
export async function saveDraft(
  deps: Deps,
  actor: Actor,
  input: SaveDraftInput,
  savedAs = input.version + 1,
): Promise<{ draftId: string; version: number; savedAt: Date }> {
  const { draftId, version, payload, sealedKey, stampIdea, photos } = input;
  if (version === 0 && isSent(await deps.stores.letters.findById(draftId))) throw alreadySent();
  await requireUploaded(deps, actor, input);
  const receiver = input.to ? await findFriend(deps, actor, input.to) : null;
  const now = deps.now();
  const outcome = await saveUnlessSent(
    deps,
    {
      id: draftId,
      authorId: actor.userId,
      receiverId: receiver?.id ?? null,
      payload,
      sealedKey,
      stampIdea,
      ...toPhotoColumns(photos),
      createdAt: now,
      updatedAt: now,
    },
    version,
    savedAs,
  );
  if (outcome === 'stale') {
    const stored = await deps.stores.drafts.find(draftId, actor.userId);
    // No two saves are sealed to the same bytes.
    const isSame = stored?.version === savedAs && equalBytes(stored.payload, payload);
    if (!isSame) throw savedElsewhere();
  }
  return { draftId, version: savedAs, savedAt: now };
}

/** A letter that was called back is not sent: it becomes a draft again. */
function isSent(letter: { status: string } | null): boolean {
  return letter !== null && letter.status !== 'recalled';
}

async function requireUploaded(deps: Deps, actor: Actor, { draftId, photos }: SaveDraftInput): Promise<void> {
  if (photos.length === 0) return;
  const uploaded = new Set(
    await deps.stores.photos.listIds(draftId, actor.userId, 2 * limits.uploadsPerDraft),
  );
  if (photos.every(({ photoId }) => uploaded.has(photoId))) return;
  const message = 'Some of this draft’s photos didn’t upload. Please add them again.';
  throw new AppError('invalid-input', message, { fields: { photos: message } });
}

/**
 * Saves over the version the writer last saw, unless the letter was sent. Sending stores the
 * letter, then deletes its draft. A first save after that is undone here, and one before it is
 * deleted there, so no draft outlives its letter.
 *
 * @returns `stale` when the draft was saved since: elsewhere, or by the same save
 * @throws {AppError} `conflict` when the letter was sent; `too-large` at the maximum number of
 *   drafts.
 */
async function saveUnlessSent(
  deps: Deps,
  draft: DraftToSave,
  version: number,
  savedAs: number,
): Promise<'saved' | 'stale'> {
  const { drafts, letters } = deps.stores;
  if (version === 0) await requireRoomForDraft(deps, draft);
  const outcome = await drafts.save(draft, version, savedAs);
  if (outcome === 'saved' && version > 0) return outcome;
  if (outcome === 'saved') await takeBackBeyondBound(deps, draft);
  const sent = isSent(await letters.findForMember(draft.id, draft.authorId));
  if (sent && outcome === 'saved') await drafts.delete(draft.id, draft.authorId);
  if (sent) throw alreadySent();
  return outcome;
}

/** An existing draft needs no room. */
async function requireRoomForDraft({ stores }: Deps, { id, authorId }: DraftToSave): Promise<void> {
  if ((await stores.drafts.count(authorId, limits.drafts)) < limits.drafts) return;
  if (await stores.drafts.find(id, authorId)) return;
  throw tooManyDrafts();
}

/**
 * Undoes first saves over the limit: several concurrent ones may each have seen room for one more.
 */
async function takeBackBeyondBound({ stores }: Deps, { id, authorId }: DraftToSave): Promise<void> {
  const drafts = await stores.drafts.count(authorId, limits.drafts + 1);
  if (drafts <= limits.drafts) return;
  await stores.drafts.delete(id, authorId);
  throw tooManyDrafts();
}

function tooManyDrafts(): AppError {
  return new AppError(
    'too-large',
    `You have ${limits.drafts} drafts, the most you can keep. Send or delete one, then save this one.`,
  );
}

/** @returns `conflict` on `version`. */
export function savedElsewhere(): AppError {
  const message =
    'This draft was changed in another window or on another device. Your text is still below: copy what you need, then open the draft again.';
  return new AppError('conflict', message, { fields: { version: message } });
}

function alreadySent(): AppError {
  return new AppError('conflict', 'This letter was already sent.');
}
