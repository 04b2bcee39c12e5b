import type { Bytes } from '../bytes.ts';
import type { LetterContent, PhotoSeal } from '../crypto/index.ts';

/** A draft as the server hands it to its author: sealed, with what is visible anyway. */
export interface DraftView {
  id: string;
  /** The friend it is meant for, if one is chosen. */
  to: string | null;
  version: number;
  updatedAt: Date;
  payload: Bytes;
  /** The key of the letter this draft will be, wrapped for its author. */
  sealedKey: Bytes;
  stampIdea: Bytes | null;
  /** The sealed photos, in the order of the letter. */
  photos: PhotoSeal[];
}

export interface SealedDraftPage {
  drafts: DraftView[];
  nextCursor: string | null;
}

/** A draft, opened. */
export interface OpenDraft {
  key: Bytes;
  content: LetterContent;
  /** The friend it is for; null when none is chosen, and when the server names another one than its author did. */
  to: string | null;
  /** Empty for none. */
  stampIdea: string;
  photos: PhotoSeal[];
}

/** A draft in its author's list. */
export interface DraftSummary {
  id: string;
  title: string;
  /** The first words of the body. */
  excerpt: string;
  to: string | null;
  photoCount: number;
  updatedAt: Date;
}
