import type { AccountKeys } from './account-keys.ts';
import type { Bytes } from './bytes.ts';
import type { PhotoVariant, SealedLetter } from './crypto/index.ts';
import type { DraftView } from './drafts/draft-view.ts';
import type { PinMemory } from './friends/believe-pins.ts';
import type { PinApi } from './friends/friend-key.ts';
import type { FriendKey } from './friends/pins.ts';
import type { LetterView, StampView } from './letters/letter-view.ts';
import type { SealedDraftToSave } from './schemas/sealed.ts';

/** A sealed letter on its way to the server. */
interface SealedSending {
  to: string;
  letter: SealedLetter;
  heading: Bytes;
  /** Not sealed: shown to the picture service. */
  stampIdea?: string | undefined;
  /** The version of its draft that the author has seen: one that was saved over meanwhile is not thrown away. */
  draftVersion?: number | undefined;
}

interface PhotoRef {
  id: string;
  /** Counted from 0. */
  n: number;
  size: PhotoVariant;
}

/**
 * The procedures that reading and writing letters call. Every typed client of the server has them: over HTTP in the browser
 * and in programs, in process on a server that holds the keys.
 */
export interface LetterApi {
  letters: {
    get: { query(input: { id: string }): Promise<LetterView> };
    photo: { query(input: PhotoRef): Promise<{ bytes: Bytes }> };
    markRead: { mutate(input: { id: string; heading: Bytes }): Promise<{ readAt: Date | null }> };
    send: { mutate(input: SealedSending): Promise<unknown> };
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

/** What a user's letters are read and written with: their opened keys, and a client of the server. */
export interface LetterAccess {
  keys: AccountKeys;
  api: LetterApi;
  /** What this device remembers of friends' keys; null where the server opens the keys, whose word the user takes. */
  memory: PinMemory | null;
  /** ms since 1970 */
  now(): number;
  /** Records what reading leaves behind without letting the reader wait for it. */
  recordsInBackground?: boolean;
}
