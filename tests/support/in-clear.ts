import { TRPCClientError } from '@trpc/client';
import { TRPCError } from '@trpc/server';
import type { Bytes } from '#core/bytes.ts';
import { isCryptoRefusal, newLetterKey } from '#core/crypto/index.ts';
import { type DraftForm, type DraftText, editDraft, freshDraft } from '#core/drafts/edited-draft.ts';
import { loadDraft } from '#core/drafts/load-draft.ts';
import { summarizeDrafts } from '#core/drafts/summarize-drafts.ts';
import { compareFriendKey, compareFriendKeys } from '#core/friends/compare-friend-key.ts';
import { pinKeeper, trustFriendKey } from '#core/friends/friend-key.ts';
import type { LetterAccess } from '#core/letter-access.ts';
import { callBack } from '#core/letters/call-back.ts';
import { nameLetters } from '#core/letters/name-letters.ts';
import { openLetter } from '#core/letters/open-letter.ts';
import { openDraftPhoto, openPhoto, openStamp } from '#core/letters/open-photo.ts';
import { type Submitted, submitDraft } from '#core/letters/submit-draft.ts';
import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';
import { type Refusal, refusalOf } from '#core/refusal.ts';
import { withSecret } from '#core/with-secret.ts';
import type { Context } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { type AppClient, openLocalAccess } from '#server/local-client.ts';
import { prepareForUser } from '#server/photos/prepare-for-user.ts';

type Words = Partial<DraftText> & { to: string; body: string };

interface DraftToSave extends Partial<DraftText> {
  draftId: string;
  version: number;
  removePhotoIds?: string[];
  newPhotos?: Uint8Array[];
  newPhotoNames?: string[];
  newCaptions?: string[];
  newAlts?: string[];
}

interface PhotoPlace<Place = number> {
  id: string;
  n: Place;
  size?: 'full' | 'preview';
}

export type InClear = ReturnType<typeof inClearOver>;

/** What an assisted session's pages do with letters and drafts: sealed and opened here, with the keys of the session. */
export function inClear(context: Context) {
  return inClearOver(
    async () => {
      const opened = await openLocalAccess(context);
      if (opened) return opened;
      // In a sealed session it says that there are none.
      await context.actor?.keys();
      throw new AppError('unauthenticated', 'Please log in first.');
    },
    (file) => prepareForUser(context, file),
  );
}

type Access = LetterAccess & { api: AppClient };

/** The same over any client of the server. */
export function inClearOver(
  access: () => Promise<Access>,
  preparePhoto: (file: Bytes) => Promise<PreparedPhoto>,
) {
  const using = async <Result>(work: (opened: Access) => Promise<Result>): Promise<Result> => {
    try {
      return await work(await access());
    } catch (error) {
      if (error instanceof TRPCClientError && error.cause instanceof TRPCError) throw error.cause;
      if (error instanceof AppError) {
        const { code, message, fields = {}, retryAfterS } = error;
        throw refusing({ code, message, fields, retryAfterS });
      }
      if (isCryptoRefusal(error))
        throw refusing({ code: 'not-found', message: 'This is damaged.', fields: {} });
      const refusal = refusalOf(error);
      throw refusal ? refusing(refusal) : error;
    }
  };

  async function submit(
    opened: Access,
    draftId: string,
    form: DraftForm<Bytes>,
    seenVersion: number | undefined,
  ): Promise<Submitted & { before: number }> {
    const stored = await loadDraft(opened, draftId).catch((error) => {
      if (refusalOf(error)?.code === 'not-found') return null;
      throw error;
    });
    const key = stored?.key ?? newLetterKey();
    const draft = stored ? editDraft(stored, stored) : { ...freshDraft(draftId), key };
    const uploads = { preparePhoto, retryS: [], uploaded: new Map() };
    const options = { seenVersion: seenVersion ?? draft.version };
    const submitted = await withSecret(key, () => submitDraft(opened, draft, form, uploads, options));
    return { ...submitted, before: draft.version };
  }

  return {
    inbox: (page = {}) =>
      using(async ({ keys, api }) => nameLetters(keys, await api.letters.inbox.query(page))),
    sent: (page = {}) =>
      using(async ({ keys, api }) => nameLetters(keys, await api.letters.sent.query(page))),
    drafts: (page = {}) =>
      using(async ({ keys, api }) => summarizeDrafts(keys, await api.drafts.list.query(page))),

    readLetter: ({ id }: { id: string }) =>
      using(async (opened) => {
        const view = await opened.api.letters.get.query({ id });
        const { letter, opened: content } = await openLetter(opened, id, view);
        return content ? withSecret(content.key, () => letter) : letter;
      }),
    photo: (place: PhotoPlace) => using(async (opened) => found(await openPhoto(opened, sized(place)))),
    draftPhoto: (place: PhotoPlace<number | string>) =>
      using(async (opened) => found(await openDraftPhoto(opened, sized(place)))),
    stamp: ({ id }: { id: string }) => using(async (opened) => found(await openStamp(opened, id))),

    sendLetter: ({ letterId, draftVersion, ...words }: Words & { letterId: string; draftVersion?: number }) =>
      using(async (opened) => {
        const form: DraftForm<Bytes> = {
          intent: 'send',
          words: wordsOf(words),
          newPhotos: [],
          removePhotoIds: [],
        };
        const submitted = await submit(opened, letterId, form, draftVersion);
        if (submitted.outcome === 'refused') throw refusing(submitted.refusal);
        if (submitted.outcome === 'sent') return { letterId };
        const message = 'has new keys';
        throw refusing({ code: 'conflict', message, fields: { key: message } });
      }),
    callBack: (id: string) => using((opened) => callBack(opened, id)),
    saveDraft: (draft: DraftToSave) =>
      using(async (opened) => {
        const { draftId, version, removePhotoIds = [], newPhotos = [], ...words } = draft;
        const form: DraftForm<Bytes> = {
          intent: 'save',
          words: wordsOf(words),
          newPhotos: newPhotos.map((file, n) => ({
            file: file as Bytes,
            name: draft.newPhotoNames?.[n] ?? '',
            caption: draft.newCaptions?.[n] ?? '',
            alt: draft.newAlts?.[n] ?? '',
          })),
          removePhotoIds,
        };
        const submitted = await submit(opened, draftId, form, version);
        const notes = submitted.outcome === 'refused' ? submitted.refusal : null;
        const { photos, version: saved } = submitted.draft;
        if (notes && (!notes.fields.photos || saved === submitted.before)) throw refusing(notes);
        return { draftId, version: saved, photos, photoNotes: notes ? notes.message.split('\n') : [] };
      }),
    openDraft: ({ id }: { id: string }) =>
      using(async (opened) => {
        const { key, to, version, updatedAt, arrival, stamp, stampIdea, content } = await loadDraft(
          opened,
          id,
        );
        return withSecret(key, () => ({ id, to, version, updatedAt, arrival, stamp, stampIdea, ...content }));
      }),

    friendKey: ({ username }: { username: string }) =>
      using(async (opened) => {
        const friend = await opened.api.friends.keys.query({ username });
        const { displayName } = friend;
        return { username, displayName, ...(await compareFriendKey(opened, friend)) };
      }),
    trustKey: ({ username, verified }: { username: string; verified: boolean }) =>
      using(async (opened) => {
        const friend = await opened.api.friends.keys.query({ username });
        await trustFriendKey(opened.keys, pinKeeper(opened), friend, verified ? opened.now() : null);
      }),
    keyStatuses: () =>
      using(async (opened) => compareFriendKeys(opened, await opened.api.friends.allKeys.query())),
  };
}

function wordsOf(words: Partial<DraftText>): DraftText {
  return { to: '', title: '', body: '', captions: {}, photoOrder: [], ...words };
}

function sized<Place>({ id, n, size = 'full' }: PhotoPlace<Place>) {
  return { id, n, size };
}

function found<Thing>(thing: Thing | null): Thing {
  if (thing) return thing;
  throw refusing({ code: 'not-found', message: 'We can’t find this photo.', fields: {} });
}

/** As a procedure throws it. */
function refusing({ code, message, fields, retryAfterS }: Refusal): TRPCError {
  const cause = new AppError(code, message, { fields, ...(retryAfterS !== undefined && { retryAfterS }) });
  return new TRPCError({ code: 'BAD_REQUEST', message, cause });
}
