import type { AccountKeys } from '../account-keys.ts';
import type { Bytes } from '../bytes.ts';
import { letterHash, type PhotoManifestEntry } from '../crypto/index.ts';
import type { DraftView } from '../drafts/draft-view.ts';
import { openDraftView } from '../drafts/load-draft.ts';
import type { ListedView } from '../letters/letter-view.ts';
import { openLetterView, openStampView, sentAtOf } from '../letters/open-letter-view.ts';
import { openLetterPhoto } from '../photos/open-letter-photo.ts';
import { stationeryOf } from '../schemas/stationery.ts';
import { drawStamp } from '../stamps/draw-stamp.ts';
import { type EntryPhoto, type ExportEntry, folderOf, photoFile, troubles } from './export-entry.ts';
import type { ExportFile, ExportSource } from './export-source.ts';

type Files = AsyncGenerator<ExportFile, ExportEntry>;
type Box = 'received' | 'sent';

/**
 * Yields a letter's photos and stamp one by one, and returns the opened letter. Anything missing or
 * damaged is left out, with the reason.
 */
export async function* openLetterEntry(
  keys: AccountKeys,
  source: ExportSource,
  kind: Box,
  listed: ListedView,
): Files {
  const { id, friend, at, status, starred } = listed;
  const folder = folderOf(kind, at, friend.username, id);
  const [from, to] = kind === 'sent' ? ['you', friend.displayName] : [friend.displayName, 'you'];
  const entry: ExportEntry = {
    ...{ id, kind, folder, from, to, at, status },
    deliveredAt: kind === 'received' ? at : null,
    readAt: null,
    ...{ starred, archived: false },
    content: null,
    stampFile: null,
    trouble: null,
  };
  const view = await orNull(source.letter(id));
  if (!view) return { ...entry, trouble: troubles.unreachable };
  entry.at = view.sentAt;
  entry.deliveredAt = view.deliveredAt;
  entry.readAt = view.readAt;
  entry.archived = view.archived;
  const { seal, opened } = (await orNull(openLetterView(keys, id, view))) ?? {
    seal: 'damaged',
    opened: null,
  };
  if (!opened) return { ...entry, trouble: troubles[seal === 'locked' ? 'locked' : 'damaged'] };
  const { content, key } = opened;
  entry.at = sentAtOf(view);

  const stamp = await stampOf(keys, source, view.stampPainted, id, await letterHash(view.letter));
  if (stamp) {
    entry.stampFile = stamp.file;
    yield { name: `${folder}/${stamp.file}`, input: stamp.input, lastModified: entry.at };
  }
  const photos: EntryPhoto[] = [];
  for (const [n, photo] of content.photos.entries()) {
    const sealed = async () => ({
      bytes: await source.photo(id, n),
      hash: view.letter.photos[n]?.fullHash,
    });
    photos.push(yield* onePhoto(entry, n, photo, key, sealed));
  }
  const stationery = stationeryOf(content.stationery);
  entry.content = { title: content.title, body: content.body, photos, stationery };
  return entry;
}

export async function* openDraftEntry(keys: AccountKeys, source: ExportSource, draft: DraftView): Files {
  const { id, updatedAt } = draft;
  const opened = await orNull(openDraftView(keys, draft));
  const to = opened ? opened.to : draft.to;
  const entry: ExportEntry = {
    ...{ id, kind: 'draft', folder: folderOf('draft', updatedAt, to ?? '', id), from: 'you' },
    to: to ?? 'no one yet',
    at: updatedAt,
    status: 'draft',
    ...{ deliveredAt: null, readAt: null, starred: false, archived: false },
    ...{ content: null, stampFile: null, trouble: null },
  };
  if (!opened) return { ...entry, trouble: troubles.damaged };
  const photos: EntryPhoto[] = [];
  for (const [n, photo] of opened.content.photos.entries()) {
    const sealed = async () => ({ bytes: await source.draftPhoto(id, n), hash: opened.photos[n]?.fullHash });
    photos.push(yield* onePhoto(entry, n, photo, opened.key, sealed));
  }
  const { title, body, stationery } = opened.content;
  return { ...entry, content: { title, body, photos, stationery: stationeryOf(stationery) } };
}

async function* onePhoto(
  { id, folder, at }: ExportEntry,
  n: number,
  photo: PhotoManifestEntry,
  key: Bytes,
  fetch: () => Promise<{ bytes: Bytes; hash: string | undefined }>,
): AsyncGenerator<ExportFile, EntryPhoto> {
  const { caption, alt = '', width, height, mediaType } = photo;
  const input = await orNull(
    fetch().then(({ bytes, hash }) =>
      openLetterPhoto(key, { letterId: id, photo, variant: 'full' }, bytes, hash),
    ),
  );
  if (!input) return { file: null, caption, alt, width, height, trouble: troubles.photo };
  const file = photoFile(n, mediaType);
  yield { name: `${folder}/${file}`, input, lastModified: at };
  return { file, caption, alt, width, height, trouble: null };
}

async function stampOf(keys: AccountKeys, source: ExportSource, painted: boolean, id: string, seed: string) {
  const picture = painted && (await orNull(source.stamp(id).then((view) => openStampView(keys, view))));
  if (picture) return { file: 'stamp.webp', input: picture };
  const drawn = await orNull(Promise.resolve().then(() => drawStamp(seed, { label: 'This letter’s stamp' })));
  return drawn && { file: 'stamp.svg', input: drawn.svg };
}

/** Turns any failure of one item into null, so that the export continues without it. */
async function orNull<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work;
  } catch {
    return null;
  }
}
