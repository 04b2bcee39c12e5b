import { equalBytes } from '#core/bytes.ts';
import { limits } from '#core/schemas/limits.ts';
import type { SaveSealedDraftInput } from '#core/schemas/sealed.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { findFriend } from '../friends/require-friend.ts';
import { toPhotoColumns } from '../photos/photo-columns.ts';
import { alreadySent, savedElsewhere, saveUnlessSent } from './save-draft.ts';

/**
 * Saves a letter in progress that its author sealed elsewhere. Photos are uploaded before and named here in their order.
 * The same save once more, because its answer was lost on the way, changes nothing.
 *
 * @throws {AppError} `conflict` when the draft was saved elsewhere since `version` was loaded, or the letter was sent;
 *   `invalid-input` when a photo was never uploaded for it.
 */
export async function saveSealedDraft(
  deps: Deps,
  actor: Actor,
  input: SaveSealedDraftInput,
): Promise<{ draftId: string; version: number; savedAt: Date }> {
  const { draftId, version, payload, sealedKey, stampIdea, photos } = input;
  if (version === 0 && (await deps.stores.letters.findById(draftId))) throw alreadySent();
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
  );
  if (outcome === 'stale') {
    const stored = await deps.stores.drafts.find(draftId, actor.userId);
    // No two saves are sealed to the same bytes.
    const isSame = stored?.version === version + 1 && equalBytes(stored.payload, payload);
    if (!isSame) throw savedElsewhere();
  }
  return { draftId, version: version + 1, savedAt: now };
}

async function requireUploaded(
  deps: Deps,
  actor: Actor,
  { draftId, photos }: SaveSealedDraftInput,
): Promise<void> {
  if (photos.length === 0) return;
  const uploaded = new Set(
    await deps.stores.photos.listIds(draftId, actor.userId, 2 * limits.uploadsPerDraft),
  );
  if (photos.every(({ photoId }) => uploaded.has(photoId))) return;
  const message = 'Not all photos of this draft have arrived. Add them once more.';
  throw new AppError('invalid-input', message, { fields: { photos: message } });
}
