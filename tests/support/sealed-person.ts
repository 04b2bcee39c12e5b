import type { AccountKeys } from '#core/account-keys.ts';
import { type Bytes, concatBytes, randomBytes } from '#core/bytes.ts';
import { type LetterContent, newLetterKey, type PhotoSeal } from '#core/crypto/index.ts';
import { openDraftView } from '#core/drafts/load-draft.ts';
import { sealDraft } from '#core/drafts/seal-draft.ts';
import { newId } from '#core/id.ts';
import type { LetterAccess } from '#core/letter-access.ts';
import { composeLetter } from '#core/letters/compose-letter.ts';
import { openLetter } from '#core/letters/open-letter.ts';
import { type OutgoingLetter, sendLetter } from '#core/letters/send-letter.ts';
import { encodePhotoUpload } from '#core/photos/photo-upload.ts';
import { type PhotoPair, sealPhotoPair } from '#core/photos/upload-photo.ts';
import { createContext } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { createLocalClient } from '#server/local-client.ts';
import { createCaller } from '#server/router.ts';
import type { Installation } from './installation.ts';

/** Somebody whose keys are on their own device: the procedures they call find none in their session. */
export type SealedPerson = Awaited<ReturnType<typeof sealedPerson>>;

const mayNotOpen = () => Promise.reject(new AppError('forbidden', 'This session has no keys.'));

export async function sealedPerson(world: Installation, { token }: { token: string }) {
  const facts = { clientAddress: '192.0.2.1', userAgent: 'A test', requestId: 'test' };
  const context = await createContext(world.container, { token, ...facts });
  if (!context.actor) throw new Error('nobody is logged in');
  const keys: AccountKeys = await context.actor.keys();
  const keyless = { ...context, actor: { ...context.actor, keys: mayNotOpen } };
  const api = createCaller(keyless);
  const access: LetterAccess = {
    keys,
    api: createLocalClient(keyless),
    memory: null,
    now: () => world.container.now().getTime(),
  };
  return {
    keys,
    api,
    access,

    /** Opens a letter as the reading page does. */
    read: async (id: string) => openLetter(access, id, await api.letters.get({ id })),

    /** Saves a draft with so many small photos, or with these, whatever they are. */
    async draft(to: string, words: { title: string; body: string }, photoCount: number | SentPicture[] = 0) {
      const [draftId, key] = [newId(), newLetterKey()];
      const save = async (version: number, content: LetterContent, photos: PhotoSeal[]) =>
        api.drafts.save({
          draftId,
          version,
          to,
          photos,
          ...(await sealDraft(keys, { draftId, key, content, to, stampIdea: undefined })),
        });
      await save(0, { ...words, photos: [] }, []);
      const outgoing = { letterId: draftId, to, key, content: { ...words, photos: [] } as LetterContent };
      const photos: PhotoSeal[] = [];
      const pictures =
        typeof photoCount === 'number' ? Array.from({ length: photoCount }, smallPicture) : photoCount;
      for (const [n, { full, preview, ...facts }] of pictures.entries()) {
        const { seal, photoUpload } = await sealedPhoto(draftId, key, newId(), { full, preview });
        await api.photos.upload(streamOf(photoUpload));
        photos.push(seal);
        outgoing.content.photos.push({ photoId: seal.photoId, caption: `photo ${n}`, ...facts });
      }
      if (pictures.length > 0) await save(1, outgoing.content, photos);
      return { ...outgoing, photos, version: pictures.length > 0 ? 2 : 1 };
    },

    /** What goes over the wire when a letter is sent, without sending it. */
    async seal(outgoing: OutgoingLetter, createdAt = world.container.now().getTime()) {
      const friend = await api.friends.keys({ username: outgoing.to });
      const { letterId, content, photos, key } = outgoing;
      const sealed = await composeLetter(keys, { letterId, to: friend, content, photos, key, createdAt });
      return { to: outgoing.to, ...sealed };
    },

    send: (outgoing: OutgoingLetter) => sendLetter(access, outgoing),

    openDraft: async (id: string) => openDraftView(keys, await api.drafts.get({ id })),
  };
}

/** What an author's client says of a photo, and what it seals: the two need not agree. */
export type SentPicture = PhotoPair & { width: number; height: number; mediaType: string };

/** 8 × 6 px of one colour. */
const tinyJpeg = new Uint8Array(
  Buffer.from(
    '/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0' +
      'ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAGAAgDASIAAhEBAxEB/8QAFQABAQAAAAAA' +
      'AAAAAAAAAAAAAAH/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAABf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAA' +
      'hEDEQA/AKATFP/Z',
    'base64',
  ),
);

/** A photo of 900 bytes with a preview of 300, no two alike: what follows the end marker is looked at by nobody. */
export function smallPicture(): SentPicture {
  const ofBytes = (length: number) => concatBytes(tinyJpeg, randomBytes(length - tinyJpeg.length));
  return { full: ofBytes(900), preview: ofBytes(300), width: 8, height: 6, mediaType: 'image/jpeg' };
}

export async function sealedPhoto(
  draftId: string,
  key: Bytes,
  photoId = newId(),
  picture: PhotoPair = smallPicture(),
) {
  const { seal, full, preview } = await sealPhotoPair(key, { letterId: draftId, photoId }, picture);
  return { picture, seal, photoUpload: encodePhotoUpload({ draftId, photoId, full, preview }) };
}

/** A body as the server reads it, in pieces; to the caller's types it is what goes into the typed client. */
export function streamOf(bytes: Uint8Array): Bytes {
  return new Blob([Uint8Array.from(bytes)]).stream() as unknown as Bytes;
}
