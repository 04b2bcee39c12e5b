/**
 * Writes `golden-letters.json`: keys and letters sealed once, which every later version must open. The file is never
 * made anew (the script refuses); a new suite gets a file of its own beside it.
 */
import { writeFile } from 'node:fs/promises';
import { type Bytes, encodeUtf8, randomBytes, toBase64Url } from '#core/bytes.ts';
import {
  createIdentity,
  derivePasswordKeys,
  deriveRecoveryKeys,
  hashCiphertext,
  importMasterKey,
  kdfFloor,
  type LetterContent,
  type LetterEnvelope,
  letterHash,
  newLetterKey,
  newMasterKey,
  newRecoveryPhrase,
  newSalt,
  safetyNumber,
  sealDraft,
  sealForSelf,
  sealHeading,
  sealLetter,
  sealPhoto,
  sealSession,
  wrapLetterKey,
  wrapMasterKey,
} from '#core/crypto/index.ts';
import { newId } from '#core/id.ts';
import { createArgon2Pool } from '#server/crypto/argon2.ts';

const b64 = toBase64Url;

async function makePerson(name: string, password: string, epoch: number) {
  const userId = newId();
  const masterKey = newMasterKey();
  const kdf = { salt: newSalt(), params: { ...kdfFloor, parallelism: 1 } };
  const share = randomBytes(32);
  const passwordKeys = await derivePasswordKeys(createArgon2Pool(), password, kdf);
  const recoveryPhrase = newRecoveryPhrase();
  const recovery = await deriveRecoveryKeys(recoveryPhrase);
  const key = await importMasterKey(masterKey);
  const { identity, publicKey, wrappedPrivateKey } = await createIdentity(masterKey, { userId, epoch });
  const [cookieHalf, serverHalf] = [randomBytes(32), randomBytes(32)];
  const wrapFor = async (purpose: 'password' | 'recovery', kek: CryptoKey) =>
    b64(await wrapMasterKey(masterKey, kek, { userId, epoch, purpose }));
  const stored = {
    name,
    userId,
    epoch,
    password,
    salt: b64(kdf.salt),
    params: kdf.params,
    share: b64(share),
    authKey: b64(passwordKeys.authKey),
    wrappedForPassword: await wrapFor('password', await passwordKeys.kekFor(share)),
    recoveryWords: recoveryPhrase.join(' '),
    recoveryAuthKey: b64(recovery.authKey),
    wrappedForRecovery: await wrapFor('recovery', recovery.kek),
    masterKey: b64(masterKey),
    publicKey: b64(publicKey),
    wrappedPrivateKey: b64(wrappedPrivateKey),
    session: {
      cookieHalf: b64(cookieHalf),
      serverHalf: b64(serverHalf),
      context: `keys:${userId}`,
      sealed: b64(await sealSession(cookieHalf, serverHalf, masterKey, `keys:${userId}`)),
    },
    self: {
      purpose: 'pins',
      context: userId,
      plaintext: `pinned by ${name}`,
      sealed: b64(await sealForSelf(key, 'pins', userId, encodeUtf8(`pinned by ${name}`))),
    },
  };
  return { stored, masterKey: key, identity, publicKey };
}

type Maker = Awaited<ReturnType<typeof makePerson>>;

async function makeLetter(
  author: Maker,
  receiver: Maker,
  text: { title: string; body: string; captions: string[] },
) {
  const key = newLetterKey();
  const letterId = newId();
  const envelope: LetterEnvelope = {
    suite: 1,
    letterId,
    authorId: author.stored.userId,
    receiverId: receiver.stored.userId,
    authorEpoch: author.stored.epoch,
    receiverEpoch: receiver.stored.epoch,
    createdAt: Date.UTC(2026, 10, 23, 12, 34, 56, 789),
  };
  const photos = await Promise.all(text.captions.map((_, index) => makePhoto(key, letterId, index)));
  const content: LetterContent = {
    title: text.title,
    body: text.body,
    photos: photos.map(({ photoId }, index) => ({
      photoId,
      caption: text.captions[index] ?? '',
      width: 2048,
      height: 1365,
      mediaType: index % 2 === 0 ? 'image/webp' : 'image/jpeg',
    })),
  };
  const letter = await sealLetter({
    envelope,
    content,
    photos: photos.map(({ photoId, fullHash, previewHash }) => ({ photoId, fullHash, previewHash })),
    key,
    author: author.identity,
    receiverPublicKey: receiver.publicKey,
  });
  const ref = { letterId, userId: envelope.authorId };
  return {
    author: author.stored.name,
    receiver: receiver.stored.name,
    content,
    key: b64(key),
    letter: {
      ...letter,
      payload: b64(letter.payload),
      sealedForReceiver: b64(letter.sealedForReceiver),
      sealedForAuthor: b64(letter.sealedForAuthor),
    },
    hash: await letterHash(letter),
    photos: photos.map(({ photoId, full, preview, sealedFull, sealedPreview }) => ({
      photoId,
      full: b64(full),
      preview: b64(preview),
      sealedFull: b64(sealedFull),
      sealedPreview: b64(sealedPreview),
    })),
    authorHeading: b64(await sealHeading(author.masterKey, ref, text.title)),
    wrappedKey: b64(await wrapLetterKey(author.masterKey, ref, key)),
    draft: b64(await sealDraft(key, { draftId: letterId, authorId: envelope.authorId }, content)),
  };
}

async function makePhoto(key: Bytes, letterId: string, index: number) {
  const photoId = newId();
  const [full, preview] = [randomBytes(180 + index), randomBytes(60)];
  const sealedFull = await sealPhoto(key, { letterId, photoId, variant: 'full' }, full);
  const sealedPreview = await sealPhoto(key, { letterId, photoId, variant: 'preview' }, preview);
  const [fullHash, previewHash] = [await hashCiphertext(sealedFull), await hashCiphertext(sealedPreview)];
  return { photoId, full, preview, sealedFull, sealedPreview, fullHash, previewHash };
}

const alpha = await makePerson('alpha', 'Äpfel & Birnen 🍐', 1);
const beta = await makePerson('beta', 'test1234', 2);
const letters = [
  await makeLetter(alpha, beta, { title: 'Hello', body: 'How are you?\n\nYours, alpha', captions: [] }),
  await makeLetter(beta, alpha, {
    title: '👩‍👩‍👧‍👦 שלום \ufeff',
    body: `مرحبا\u202e ${'\ud83d'} e\u0301 \u0000 \u2028 ${'https://example.test/?a=1&b=2 '.repeat(60)}`,
    captions: ['The cat 🐈', '', 'half a character: \udc00'],
  }),
  await makeLetter(alpha, alpha, { title: 'To myself', body: '', captions: ['one'] }),
];
const golden = {
  source: 'Made once by make-golden-letters.ts with suite 1; binary is base64url. Never to be made anew.',
  safetyNumber: await safetyNumber(
    { userId: alpha.stored.userId, publicKey: alpha.publicKey },
    { userId: beta.stored.userId, publicKey: beta.publicKey },
  ),
  people: [alpha.stored, beta.stored],
  letters,
};
await writeFile(new URL('./golden-letters.json', import.meta.url), `${JSON.stringify(golden, null, 1)}\n`, {
  flag: 'wx', // fails when the file exists
});
