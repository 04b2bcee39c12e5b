import type { Bytes } from '../bytes.ts';
import type { PhotoManifestEntry, PhotoSeal } from '../crypto/index.ts';
import type { SealedDraftToSave } from '../schemas/sealed.ts';
import type { DraftView, OpenDraft } from './draft-view.ts';

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

/** Photos in the order their ids are named in; those that are not named come after them, as they were. */
export function orderPhotos<Photo extends { photoId: string }>(
  photos: readonly Photo[],
  order: readonly string[],
): Photo[] {
  const placeOf = ({ photoId }: Photo) => (order.includes(photoId) ? order.indexOf(photoId) : order.length);
  return [...photos].sort((one, other) => placeOf(one) - placeOf(other));
}

/** The ways a photo can go among the others. */
export const photoWays = { earlier: -1, later: 1 } as const;
export type PhotoWay = keyof typeof photoWays;

/** A list whose item has changed places with its neighbour, if it has one there. */
export function movePhoto<Item>(list: readonly Item[], item: Item, way: PhotoWay): Item[] {
  const from = list.indexOf(item);
  const to = from + photoWays[way];
  if (from < 0 || to < 0 || to >= list.length) return [...list];
  const moved = [...list];
  moved.splice(to, 0, ...moved.splice(from, 1));
  return moved;
}
