import type { Bytes } from '../bytes.ts';
import type { LetterContent, PhotoSeal } from '../crypto/index.ts';
import type { StampMotif } from '../stamps/stamp-motifs.ts';

/** A sealed draft with its visible facts, as its author gets it from the server. */
export interface DraftView {
  id: string;
  to: string | null;
  version: number;
  updatedAt: Date;
  payload: Bytes;
  /** The key of the future letter, wrapped for its author. */
  sealedKey: Bytes;
  stampIdea: Bytes | null;
  photos: PhotoSeal[];
}

export interface SealedDraftPage {
  drafts: DraftView[];
  nextCursor: string | null;
}

export interface OpenDraft {
  key: Bytes;
  content: LetterContent;
  /**
   * The chosen friend. Null if there is none, or if the server names a different one than the
   * author sealed.
   */
  to: string | null;
  /** Empty while a date is still to be chosen; undefined for none. */
  arrival?: string | undefined;
  /** Undefined for any. */
  stamp?: StampMotif | undefined;
  /** Empty for none. */
  stampIdea: string;
  photos: PhotoSeal[];
}

export interface DraftSummary {
  id: string;
  title: string;
  excerpt: string;
  to: string | null;
  photoCount: number;
  updatedAt: Date;
}
