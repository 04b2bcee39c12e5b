import type { Bytes } from '../bytes.ts';
import type { PhotoManifestEntry, PhotoSeal } from '../crypto/index.ts';
import type { SealedDraftToSave } from '../schemas/sealed.ts';
import type { Stationery } from '../schemas/stationery.ts';
import type { DraftView, OpenDraft } from './draft-view.ts';

/** A draft in the editor: what the server has, and the key of the future letter. */
export interface EditedDraft {
  id: string;
  /** 0 until the first save. */
  version: number;
  /** Null until something is sealed. */
  key: Bytes | null;
  photos: PhotoManifestEntry[];
  seals: PhotoSeal[];
  /**
   * A save that wasn't answered yet or whose answer was lost. All copies of this draft share it.
   */
  unanswered: { save: SealedDraftToSave | null };
}

export interface DraftText {
  to: string;
  title: string;
  body: string;
  stampIdea?: string | undefined;
  /** Undefined is plain. */
  stationery?: Stationery | undefined;
  /** The id of the letter that this one answers. */
  inReplyTo?: string | undefined;
  /** Undefined is now; see `arrival` in core/schemas/letters.ts. Empty while a date is to be chosen. */
  arrival?: string | undefined;
  /** The motif of the drawn stamp; undefined for any. */
  stamp?: string | undefined;
  /** By photo id. */
  captions: Record<string, string>;
  /** What photos show, by photo id. A photo that isn't named keeps what it has. */
  altTexts?: Record<string, string> | undefined;
  /** Photo ids in the order of the letter. */
  photoOrder: string[];
}

export interface DraftForm<File> {
  intent: 'send' | 'save';
  words: DraftText;
  newPhotos: NewPhoto<File>[];
  removePhotoIds: string[];
}

export interface NewPhoto<File> {
  file: File;
  name: string;
  caption: string;
  alt?: string | undefined;
}

/** Starts an unsaved draft. */
export function freshDraft(id: string): EditedDraft {
  return { id, version: 0, key: null, photos: [], seals: [], unanswered: { save: null } };
}

/** Starts editing a saved draft. */
export function editDraft(
  { id, version }: Pick<DraftView, 'id' | 'version'>,
  { key, content, photos: seals }: OpenDraft,
): EditedDraft {
  return { id, version, key, photos: content.photos, seals, unanswered: { save: null } };
}

/** Returns a draft's photos with the form's captions and descriptions, in the form's order. */
export function photosAsTyped(
  { photos, seals }: Pick<EditedDraft, 'photos' | 'seals'>,
  { captions, altTexts = {}, photoOrder }: Pick<DraftText, 'captions' | 'altTexts' | 'photoOrder'>,
): Pick<EditedDraft, 'photos' | 'seals'> {
  const typed = photos.map((photo) => {
    const { photoId, caption, alt } = photo;
    const said = { caption: captions[photoId] ?? caption, alt: altTexts[photoId] ?? alt };
    return describePhoto(photo, said);
  });
  return { photos: orderPhotos(typed, photoOrder), seals: orderPhotos(seals, photoOrder) };
}

/** Gives a photo its caption, and its description if there is one. */
export function describePhoto(
  { alt: _, ...photo }: PhotoManifestEntry,
  { caption, alt }: { caption: string; alt?: string | undefined },
): PhotoManifestEntry {
  return { ...photo, caption, ...(alt ? { alt } : {}) };
}

/** Orders photos by id. Photos that aren't listed come last, in their old order. */
export function orderPhotos<Photo extends { photoId: string }>(
  photos: readonly Photo[],
  order: readonly string[],
): Photo[] {
  const placeOf = ({ photoId }: Photo) => (order.includes(photoId) ? order.indexOf(photoId) : order.length);
  return [...photos].sort((one, other) => placeOf(one) - placeOf(other));
}

/** Takes an item out of a list and puts it in at an index, counted from 0. */
export function placePhoto<Item>(list: readonly Item[], item: Item, index: number): Item[] {
  const others = list.filter((other) => other !== item);
  return [...others.slice(0, index), item, ...others.slice(index)];
}

export const photoWays = { earlier: -1, later: 1 } as const;
export type PhotoWay = keyof typeof photoWays;

/** Swaps an item with its neighbour, if it has one on that side. */
export function movePhoto<Item>(list: readonly Item[], item: Item, way: PhotoWay): Item[] {
  const from = list.indexOf(item);
  const to = from + photoWays[way];
  if (from < 0 || to < 0 || to >= list.length) return [...list];
  const moved = [...list];
  moved.splice(to, 0, ...moved.splice(from, 1));
  return moved;
}
