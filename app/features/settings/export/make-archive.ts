import { browserApi } from '#app/browser/browser-api.ts';
import type { HeldKeys } from '#app/browser/keys/held-keys.ts';
import { exportFiles } from '#core/export/export-files.ts';
import type { ExportSource } from '#core/export/export-source.ts';
import { zipStream } from '#core/export/zip-stream.ts';

const size = 'full' as const;
const page = (cursor: string | null) => (cursor ? { cursor } : {});

/** Reads everything from the server, still sealed. */
const source: ExportSource = {
  account: () => browserApi.exports.account.query(),
  inbox: (cursor) => browserApi.letters.inbox.query(page(cursor)),
  archived: (cursor) => browserApi.letters.inbox.query({ ...page(cursor), archived: true }),
  sent: (cursor) => browserApi.letters.sent.query(page(cursor)),
  letter: (id) => browserApi.letters.get.query({ id }),
  photo: async (id, n) => (await browserApi.letters.photo.query({ id, n, size })).bytes,
  stamp: (id) => browserApi.stamps.get.query({ id }),
  drafts: (cursor) => browserApi.drafts.list.query(page(cursor)),
  draftPhoto: async (id, n) => (await browserApi.drafts.photo.query({ id, n, size })).bytes,
};

/**
 * Makes the same archive as the server does in an assisted session, in the browser. The parts
 * stream into a blob, so that the browser can move large ones to disk.
 *
 * @param onProgress called with the number of letters and drafts done
 */
export function makeArchive(keys: HeldKeys, onProgress: (done: number) => void): Promise<Blob> {
  const archive = zipStream(exportFiles(keys, source, { now: new Date(), onProgress }));
  return new Response(archive, { headers: { 'Content-Type': 'application/zip' } }).blob();
}
