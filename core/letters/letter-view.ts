import type { Bytes } from '../bytes.ts';
import type { LetterReader, SealedLetter, SealedStamp } from '../crypto/index.ts';
import type { KeyStatus } from '../friends/friend-key.ts';
import type { FriendKey, SealedPins } from '../friends/pins.ts';

/** How far a letter has come, as its two friends see it. */
export type ShownStatus = 'queued' | 'delivered' | 'read' | 'failed';

/** `locked`: sealed to keys this person has since replaced. `damaged`: it does not authenticate. */
export type SealState = 'opened' | 'locked' | 'damaged';

export interface PersonName {
  username: string;
  displayName: string;
}

/** What the server knows of a letter, and shows to its two friends. */
interface LetterFacts {
  role: LetterReader;
  author: PersonName;
  receiver: PersonName;
  status: ShownStatus;
  /** Why a failed letter failed; null otherwise, and for its receiver. */
  failureReason: string | null;
  sentAt: Date;
  deliveredAt: Date | null;
  readAt: Date | null;
  /** Seed of the drawn stamp, hex. */
  stampSeed: string;
  /** Whether there is a painted stamp to put over it. */
  stampPainted: boolean;
  /** Where the reader left off, in thousandths of the letter. */
  position: number;
}

/** A letter as the server hands it to one of its friends: sealed, with what is visible anyway. */
export interface LetterView extends LetterFacts {
  letter: SealedLetter;
  /** The author's key of the letter's epoch, as the server has it; null when it has none. */
  authorPublicKey: Bytes | null;
  /** The other's key of today; null when there is nobody any more. */
  friend: FriendKey | null;
  pins: SealedPins;
}

export interface ReadablePhoto {
  caption: string;
  width: number;
  height: number;
}

/** A letter as its page shows it. */
export interface ReadableLetter extends LetterFacts {
  id: string;
  seal: SealState;
  /** Whether the other's key is the one seen first; null when there is nobody any more. */
  friendKey: KeyStatus | null;
  /** False when the author's key is none that this reader has ever trusted as theirs. */
  authorKeySeen: boolean;
  /** Whether such a letter says that it was written after the author's present key was seen: an honest one was before. */
  authorKeyIsLater: boolean;
  /** Null unless `seal` is `opened`: a letter that does not authenticate is never shown as text. */
  content: { title: string; body: string; photos: ReadablePhoto[] } | null;
}

/** The painted stamp of a letter, as the server hands it to one of its friends. */
export interface StampView {
  letterId: string;
  role: LetterReader;
  /** Of the reader's keys, when the letter was sealed. */
  epoch: number;
  stamp: SealedStamp;
}

/** A letter in a list, with its title sealed. */
export interface ListedView {
  id: string;
  /** The other of the two friends. */
  friend: PersonName;
  /** When it arrived (inbox) or was sent (sent). */
  at: Date;
  status: ShownStatus;
  failureReason: string | null;
  /** Null while the envelope is closed. */
  heading: Bytes | null;
  /** Seed of the drawn stamp, hex. */
  stampSeed: string;
}

export interface ListedLetter extends Omit<ListedView, 'heading'> {
  /** Null while the envelope is closed, and when it was sealed under keys that were since replaced. */
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
