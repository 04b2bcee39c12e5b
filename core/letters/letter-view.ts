import type { Bytes } from '../bytes.ts';
import type { LetterReader, SealedLetter, SealedStamp } from '../crypto/index.ts';
import type { KeyStatus } from '../friends/friend-key.ts';
import type { FriendKey, SealedPins } from '../friends/pins.ts';
import type { Stationery } from '../schemas/stationery.ts';

export type ShownStatus = 'scheduled' | 'recalled' | 'queued' | 'delivered' | 'read' | 'failed';

/** `locked`: sealed to keys the reader has since replaced. `damaged`: it doesn't authenticate. */
export type SealState = 'opened' | 'locked' | 'damaged';

export interface PersonName {
  username: string;
  displayName: string;
}

interface LetterFacts {
  role: LetterReader;
  author: PersonName;
  receiver: PersonName;
  status: ShownStatus;
  /** The reason for a failure, for the author only; otherwise null. */
  failureReason: string | null;
  sentAt: Date;
  /** When a `scheduled` letter arrives; null if it isn't scheduled. */
  deliverAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
  /** Seed of the drawn stamp, hex. */
  stampSeed: string;
  stampPainted: boolean;
  /** The reading position, in thousandths of the letter. */
  position: number;
  /** The reader's own star. */
  starred: boolean;
  /** Whether its receiver has taken it out of the inbox. */
  archived: boolean;
}

export interface LetterView extends LetterFacts {
  letter: SealedLetter;
  /** The author's key of the letter's epoch, as the server reports it; null if it has none. */
  authorPublicKey: Bytes | null;
  /** The other friend's current key; null for a deleted user. */
  friend: FriendKey | null;
  pins: SealedPins;
}

export interface ReadablePhoto {
  caption: string;
  /** What it shows, in the author's words; empty for none. */
  alt: string;
  width: number;
  height: number;
}

export interface ReadableLetter extends LetterFacts {
  id: string;
  seal: SealState;
  /** Whether the receiver opens it for the first time. */
  isFirstReading: boolean;
  /** The key status of the other friend; null for a deleted user. */
  friendKey: KeyStatus | null;
  /** False if the reader has never trusted this author key. */
  authorKeySeen: boolean;
  /**
   * Whether a letter with an unknown author key claims to be newer than the known key. An honest
   * one is older.
   */
  authorKeyIsLater: boolean;
  /** Null unless `seal` is `opened`: a letter that doesn't authenticate is never shown as text. */
  content: { title: string; body: string; photos: ReadablePhoto[]; stationery: Stationery } | null;
}

/** A sealed painted stamp, as one of the letter's friends gets it from the server. */
export interface StampView {
  letterId: string;
  role: LetterReader;
  /** The reader's key epoch when the letter was sealed. */
  epoch: number;
  stamp: SealedStamp;
}

export interface ListedView {
  id: string;
  /** Whether the reader wrote or received it. */
  role: LetterReader;
  friend: PersonName;
  /** When it arrived or, for its author, was sent. */
  at: Date;
  status: ShownStatus;
  deliverAt: Date | null;
  failureReason: string | null;
  heading: Bytes | null;
  /** Seed of the drawn stamp, hex. */
  stampSeed: string;
  /** The reader's own star. */
  starred: boolean;
}

export interface ListedLetter extends Omit<ListedView, 'heading'> {
  /** Null while the envelope is closed, and if the title was sealed under replaced keys. */
  title: string | null;
}

export interface SealedLetterPage {
  letters: ListedView[];
  nextCursor: string | null;
}

export interface LetterPage {
  letters: ListedLetter[];
  nextCursor: string | null;
}

/** What the letters with one friend have in common, whatever part of them is listed. */
export interface ThreadFacts {
  friend: PersonName;
  /** Whether the two are friends still, and no block forbids writing. */
  isFriend: boolean;
  /** All letters of both directions, counted up to one more than is shown. */
  count: number;
  /** When the first of them was sent or arrived; null before it. */
  since: Date | null;
}

export interface SealedThreadPage extends SealedLetterPage, ThreadFacts {}
