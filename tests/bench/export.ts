import type { AccountKeys } from '#core/account-keys.ts';
import { randomBytes } from '#core/bytes.ts';
import {
  createIdentity,
  hashCiphertext,
  importMasterKey,
  letterHash,
  newLetterKey,
  newMasterKey,
  openIdentity,
  type PhotoSeal,
  sealPhoto,
} from '#core/crypto/index.ts';
import { exportFiles } from '#core/export/export-files.ts';
import type { ExportSource } from '#core/export/export-source.ts';
import { zipStream } from '#core/export/zip-stream.ts';
import { newId } from '#core/id.ts';
import { composeLetter } from '#core/letters/compose-letter.ts';
import type { LetterView, ListedView } from '#core/letters/letter-view.ts';

/**
 * How much memory and time an export of many letters takes. Usage: node tests/bench/export.ts [letters] [photos a letter]
 * [kB a photo]. Letters are sealed when they are asked for, so that nothing but the export itself holds any.
 */
const [letters = 1000, photosEach = 12, kilobytes = 400] = process.argv.slice(2).map(Number);
const userId = newId();
const raw = newMasterKey();
const masterKey = await importMasterKey(raw);
const context = { userId, epoch: 1 };
const made = await createIdentity(raw, context);
const identity = await openIdentity(made.wrappedPrivateKey, made.publicKey, raw, context);
const keys: AccountKeys = { ...context, masterKey, identity };
const me = { username: 'alpha', displayName: 'alpha' };
const picture = new Uint8Array(kilobytes * 1000).fill(7);
let sealedPhotos: Uint8Array<ArrayBuffer>[] = [];

async function letterView(id: string): Promise<LetterView> {
  const key = newLetterKey();
  sealedPhotos = [];
  const seals: PhotoSeal[] = [];
  const manifest = [];
  for (let n = 0; n < photosEach; n += 1) {
    const photoId = newId();
    const full = await sealPhoto(key, { letterId: id, photoId, variant: 'full' }, picture);
    sealedPhotos.push(full);
    const hash = await hashCiphertext(full);
    seals.push({ photoId, fullHash: hash, previewHash: hash });
    manifest.push({ photoId, caption: `photo ${n}`, width: 640, height: 480, mediaType: 'image/jpeg' });
  }
  const content = { title: 'A title', body: 'word '.repeat(2000), photos: manifest };
  const to = { userId, epoch: 1, publicKey: made.publicKey };
  const createdAt = Date.now();
  const { letter } = await composeLetter(keys, { letterId: id, to, content, photos: seals, key, createdAt });
  return {
    letter,
    role: 'author',
    author: me,
    receiver: me,
    status: 'read',
    deliverAt: null,
    failureReason: null,
    sentAt: new Date(createdAt),
    deliveredAt: null,
    readAt: null,
    stampSeed: await letterHash(letter),
    stampPainted: false,
    position: 0,
    starred: false,
    archived: false,
    authorPublicKey: made.publicKey,
    friend: null,
    pins: { pins: null, version: 0 },
  };
}

const none = async () => ({ letters: [], nextCursor: null });
const listed = (id: string): ListedView => ({
  id,
  role: 'author',
  starred: false,
  friend: me,
  at: new Date(),
  status: 'read',
  deliverAt: null,
  failureReason: null,
  heading: null,
  stampSeed: '',
});
let left = letters;
const source: ExportSource = {
  account: async () => ({
    profile: {
      ...me,
      email: '',
      emailVerifiedAt: null,
      mobile: null,
      timeZone: null,
      locale: null,
      friendCode: '',
      joinedAt: new Date(),
      deleteAt: null,
    },
    friends: { friends: [], asking: [], asked: [], blocked: [] },
    invitations: [],
    settings: { notifications: {} },
    devices: [],
    activity: [],
    feedback: [],
  }),
  inbox: none,
  archived: none,
  sent: async () => {
    const page = Array.from({ length: Math.min(20, left) }, () => listed(newId()));
    left -= page.length;
    return { letters: page, nextCursor: left > 0 ? 'more' : null };
  },
  letter: letterView,
  photo: async (_, n) => sealedPhotos[n] ?? randomBytes(1),
  stamp: () => Promise.reject(new Error('no stamp')),
  drafts: async () => ({ drafts: [], nextCursor: null }),
  draftPhoto: () => Promise.reject(new Error('no draft')),
};

const started = performance.now();
let bytes = 0;
let peak = 0;
for await (const part of zipStream(exportFiles(keys, source, { now: new Date() }))) {
  bytes += part.length;
  peak = Math.max(peak, process.memoryUsage().rss);
}
const seconds = (performance.now() - started) / 1000;
console.log(
  `${letters} letters of ${photosEach} photos: ${Math.round(bytes / 1e6)} MB in ${seconds.toFixed(1)} s (sealing included), at most ${Math.round(peak / 1e6)} MB in memory.`,
);
