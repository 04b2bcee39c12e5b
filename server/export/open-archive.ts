import { exportFiles } from '#core/export/export-files.ts';
import type { ExportSource } from '#core/export/export-source.ts';
import { zipStream } from '#core/export/zip-stream.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import type { Deps } from '../deps.ts';
import { readDraftPhoto } from '../drafts/read-draft-photo.ts';
import { viewDrafts } from '../drafts/view-drafts.ts';
import { AppError } from '../errors.ts';
import { listInbox, listSent } from '../letters/list-letters.ts';
import { readPhoto } from '../letters/read-photo.ts';
import { viewLetter } from '../letters/view-letter.ts';
import { viewStamp } from '../stamps/view-stamp.ts';
import { describeAccount } from './describe-account.ts';

/**
 * Streams all of a user's data as a ZIP, decrypted in memory while it is read. Writes nothing to
 * disk and marks no letter as read. Call {@link beginExport} first.
 *
 * @throws {AppError} `unauthenticated` without a full login; `forbidden` in a sealed session.
 */
export async function openArchive(
  deps: Deps & Pick<Context, 'reserveMemory'>,
  actor: Actor | null,
): Promise<ReadableStream<Uint8Array>> {
  if (actor?.stage !== 'full') throw new AppError('unauthenticated', 'Please log in first.');
  // One photo at a time is in memory.
  await deps.reserveMemory?.(limits.sealedPhotoBytes);
  const keys = await actor.keys();
  return zipStream(exportFiles(keys, sourceOf(deps, actor), { now: deps.now() }));
}

function sourceOf(deps: Deps, actor: Actor): ExportSource {
  const page = (cursor: string | null) => (cursor ? { cursor } : {});
  const size = 'full' as const;
  return {
    account: () => describeAccount(deps, actor),
    inbox: (cursor) => listInbox(deps, actor, page(cursor)),
    archived: (cursor) => listInbox(deps, actor, { ...page(cursor), archived: true }),
    sent: (cursor) => listSent(deps, actor, page(cursor)),
    letter: (id) => viewLetter(deps, actor, id),
    photo: async (id, n) => (await readPhoto(deps, actor, { id, n, size })).bytes,
    stamp: (id) => viewStamp(deps, actor, id),
    drafts: (cursor) => viewDrafts(deps, actor, { ...page(cursor), inTrash: false }),
    draftPhoto: async (id, n) => (await readDraftPhoto(deps, actor, { id, n, size })).bytes,
  };
}
