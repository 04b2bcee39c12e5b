import type { Bytes } from '../bytes.ts';
import type { PhotoManifestEntry, PhotoSeal } from '../crypto/index.ts';
import type { SealedDraftToSave } from '../schemas/sealed.ts';
import type { DraftView, OpenDraft } from './draft-view.ts';
import { orderPhotos } from './order-photos.ts';

/** A draft as its editor knows it: what the server has of it, and the key of the letter it will be. */
export interface EditedDraft {
  id: string;
  /** 0 until it is saved. */
  version: number;
  /** Null until something of it is sealed. */
  key: Bytes | null;
  photos: PhotoManifestEntry[];
  seals: PhotoSeal[];
  /** The save whose answer is still to come, or was lost on the way; shared by all copies of this. */
  unanswered: { save: SealedDraftToSave | null };
}

/** The words of a letter in progress, as its form has them. */
export interface DraftText {
  to: string;
  title: string;
  body: string;
  /** Undefined when the form has no field for it. */
  stampIdea?: string | undefined;
  /** By photo id. */
  captions: Record<string, string>;
  /** Photo ids, as they are to stand in the letter. */
  photoOrder: string[];
}

/** What was typed, chosen and pressed in the form of a letter. */
export interface DraftForm<File> {
  intent: 'send' | 'save';
  words: DraftText;
  newPhotos: NewPhoto<File>[];
  removePhotoIds: string[];
}

export interface NewPhoto<File> {
  file: File;
  /** The file's own name, made safe to show. */
  name: string;
  caption: string;
}

/** Begins a draft of which nothing is saved yet. */
export function freshDraft(id: string): EditedDraft {
  return { id, version: 0, key: null, photos: [], seals: [], unanswered: { save: null } };
}

/** Begins the editing of a draft that is saved. */
export function editDraft(
  { id, version }: Pick<DraftView, 'id' | 'version'>,
  { key, content, photos: seals }: OpenDraft,
): EditedDraft {
  return { id, version, key, photos: content.photos, seals, unanswered: { save: null } };
}

/** The photos of a draft with the captions and in the order of the form. */
export function photosAsTyped(
  { photos, seals }: Pick<EditedDraft, 'photos' | 'seals'>,
  { captions, photoOrder }: Pick<DraftText, 'captions' | 'photoOrder'>,
): Pick<EditedDraft, 'photos' | 'seals'> {
  const typed = photos.map((photo) => ({ ...photo, caption: captions[photo.photoId] ?? photo.caption }));
  return { photos: orderPhotos(typed, photoOrder), seals: orderPhotos(seals, photoOrder) };
}
