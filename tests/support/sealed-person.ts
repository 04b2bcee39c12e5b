import type { AccountKeys } from '#core/account-keys.ts';
import { type Bytes, randomBytes } from '#core/bytes.ts';
import { type LetterContent, newLetterKey, type PhotoSeal } from '#core/crypto/index.ts';
import { openDraftView } from '#core/drafts/open-draft-view.ts';
import { sealDraftSheet } from '#core/drafts/seal-draft-sheet.ts';
import { newId } from '#core/id.ts';
import { composeLetter } from '#core/letters/compose-letter.ts';
import { readLetter } from '#core/letters/read-letter.ts';
import { type SendingDesk, sendSheet } from '#core/letters/send-sheet.ts';
import { packParcel } from '#core/photos/photo-parcel.ts';
import { sealPhotoPair } from '#core/photos/seal-photo-pair.ts';
import { createContext } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { type AppCaller, createCaller } from '#server/router.ts';
import type { Installation } from './installation.ts';

/** Somebody whose keys are on their own device: the procedures they call find none in their session. */
export type SealedPerson = Awaited<ReturnType<typeof sealedPerson>>;

const mayNotOpen = () => Promise.reject(new AppError('forbidden', 'This session has no keys.'));

export async function sealedPerson(world: Installation, { token }: { token: string }) {
  const facts = { clientAddress: '192.0.2.1', userAgent: 'A test', requestId: 'test' };
  const context = await createContext(world.container, { token, ...facts });
  if (!context.actor) throw new Error('nobody is logged in');
  const keys: AccountKeys = await context.actor.keys();
  const api = createCaller({ ...context, actor: { ...context.actor, keys: mayNotOpen } });
  const desk = deskOf(api);
  return {
    keys,
    api,

    /** Opens a letter as the reading page does. */
    read: async (id: string) => readLetter(keys, id, await api.letters.sealed({ id }), desk),

    /** Saves a draft with so many photos, made of random bytes. */
    async draft(to: string, words: { title: string; body: string }, photoCount = 0) {
      const [draftId, key] = [newId(), newLetterKey()];
      const save = async (version: number, content: LetterContent, photos: PhotoSeal[]) =>
        api.drafts.saveSealed({
          draftId,
          version,
          to,
          photos,
          ...(await sealDraftSheet(keys, { draftId, key, content, stampIdea: undefined })),
        });
      await save(0, { ...words, photos: [] }, []);
      const sheet = { letterId: draftId, to, key, content: { ...words, photos: [] } as LetterContent };
      const photos: PhotoSeal[] = [];
      for (let n = 0; n < photoCount; n += 1) {
        const { seal, parcel } = await sealedPhoto(draftId, key);
        await api.photos.uploadSealed(streamOf(parcel));
        photos.push(seal);
        const facts = { width: 8, height: 6, mediaType: 'image/jpeg' };
        sheet.content.photos.push({ photoId: seal.photoId, caption: `photo ${n}`, ...facts });
      }
      if (photoCount > 0) await save(1, sheet.content, photos);
      return { ...sheet, photos, version: photoCount > 0 ? 2 : 1 };
    },

    /** What goes over the wire when a sheet is sent, without sending it. */
    async seal(sheet: Parameters<typeof sendSheet>[2], createdAt = world.container.now().getTime()) {
      const friend = await api.friends.keys({ username: sheet.to });
      const { letterId, content, photos, key } = sheet;
      const sealed = await composeLetter(keys, { letterId, to: friend, content, photos, key, createdAt });
      return { to: sheet.to, ...sealed };
    },

    send: (sheet: Parameters<typeof sendSheet>[2]) =>
      sendSheet(keys, desk, sheet, world.container.now().getTime()),

    openDraft: async (id: string) => openDraftView(keys, await api.drafts.sealed({ id })),
  };
}

export async function sealedPhoto(draftId: string, key: Bytes, photoId = newId(), size = 900) {
  const picture = { full: randomBytes(size), preview: randomBytes(60) };
  const { seal, full, preview } = await sealPhotoPair(key, { letterId: draftId, photoId }, picture);
  return { picture, seal, parcel: packParcel({ draftId, photoId, full, preview }) };
}

/** A body as the server reads it, in pieces; to the caller's types it is what goes into the typed client. */
export function streamOf(bytes: Uint8Array): Uint8Array {
  return new Blob([Uint8Array.from(bytes)]).stream() as unknown as Uint8Array;
}

function deskOf(
  api: AppCaller,
): SendingDesk & { markRead(id: string, heading: Bytes): Promise<Date | null> } {
  return {
    load: () => api.friends.pins(),
    save: async (pins, version, next) => (await api.friends.savePins({ pins, version, next })).saved,
    memory: null,
    now: () => Date.now(),
    markRead: async (id, heading) => (await api.letters.markRead({ id, heading })).readAt,
    friendKeys: (username) => api.friends.keys({ username }),
    view: (id) => api.letters.sealed({ id }),
    async send(sending) {
      try {
        await api.letters.sendSealed(sending);
        return 'sent';
      } catch (error) {
        const cause = (error as Error).cause;
        if (!(cause instanceof AppError) || cause.code !== 'conflict') throw error;
        return cause.fields?.key ? 'key-changed' : 'used';
      }
    },
  };
}
