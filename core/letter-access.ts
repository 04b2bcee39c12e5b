import type { AccountKeys } from './account-keys.ts';
import type { Bytes } from './bytes.ts';
import type { PhotoVariant, SealedLetter } from './crypto/index.ts';
import type { DraftView } from './drafts/draft-view.ts';
import type { PinMemory } from './friends/believe-pins.ts';
import type { PinApi } from './friends/friend-key.ts';
import type { FriendKey } from './friends/pins.ts';
import type { LetterView, StampView } from './letters/letter-view.ts';
import type { Arrival } from './schemas/letters.ts';
import type { CallBackInput, SealedDraftToSave } from './schemas/sealed.ts';

interface SealedSending {
  to: string;
  letter: SealedLetter;
  heading: Bytes;
  /** Not sealed: the picture service sees it. */
  stampIdea?: string | undefined;
  /** The draft version that the author saw. The server keeps a draft that was saved again since. */
  draftVersion?: number | undefined;
  arrival?: Arrival | undefined;
}

interface PhotoRef {
  id: string;
  /** Counted from 0. */
  n: number;
  size: PhotoVariant;
}

/**
 * The procedures for reading and writing letters. Every typed client has them: over HTTP in
 * browsers and programs, in process on a server that holds the keys.
 */
export interface LetterApi {
  letters: {
    get: { query(input: { id: string }): Promise<LetterView> };
    photo: { query(input: PhotoRef): Promise<{ bytes: Bytes }> };
    markRead: { mutate(input: { id: string; heading: Bytes }): Promise<{ readAt: Date | null }> };
    send: { mutate(input: SealedSending): Promise<unknown> };
    callBack: { mutate(input: CallBackInput): Promise<{ draftId: string }> };
  };
  drafts: {
    get: { query(input: { id: string }): Promise<DraftView> };
    photo: { query(input: Omit<PhotoRef, 'n'> & { n: number | string }): Promise<{ bytes: Bytes }> };
    save: { mutate(input: SealedDraftToSave): Promise<{ version: number; savedAt: Date }> };
  };
  stamps: { get: { query(input: { id: string }): Promise<StampView> } };
  photos: {
    upload: { mutate(upload: Bytes, options?: { signal?: AbortSignal | undefined }): Promise<unknown> };
  };
  friends: PinApi & {
    keys: { query(input: { username: string }): Promise<FriendKey & { epoch: number }> };
  };
}

/** Opened keys and a client of the server: all it takes to read and write a user's letters. */
export interface LetterAccess {
  keys: AccountKeys;
  api: LetterApi;
  /**
   * This device's memory of friends' keys. Null where the server opens the keys: the user trusts it
   * anyway.
   */
  memory: PinMemory | null;
  /** ms since 1970 */
  now(): number;
  /** Records a reading in the background, so that the letter is shown without waiting. */
  recordsInBackground?: boolean;
}
