import {
  type DraftForm,
  movePhoto,
  type NewPhoto,
  type PhotoWay,
  photoWays,
} from '#core/drafts/edited-draft.ts';
import { isId, newId } from '#core/id.ts';
import { followPhotos } from '#core/letters/follow-photos.ts';
import { arrivalPresets } from '#core/schemas/arrival-presets.ts';
import { type Stationery, stationeryOf } from '#core/schemas/stationery.ts';

export interface ShownDraft {
  /** The id of the draft and of the letter it becomes. */
  id: string;
  /** 0 until it is saved as a draft. */
  version: number;
  to: string;
  title: string;
  body: string;
  /** Sent to the picture service; undefined when the form had no field for it. */
  stampIdea?: string | undefined;
  stationery: Stationery;
  inReplyTo?: string | undefined;
  /** Undefined is now; empty while a date is to be chosen. */
  arrival?: string | undefined;
  /** The motif of the stamp; undefined for any. */
  stamp?: string | undefined;
  photos: { photoId: string; caption: string; alt?: string; width: number; height: number }[];
  savedAt: Date | null;
}

export interface FilledForm<File> extends DraftForm<File> {
  draftId: string;
  /** The version of the draft that the form was rendered with. */
  version: number;
  /** The id of the photo whose move button was pressed. */
  moved: string | null;
}

/** Pairs the chosen files with their captions and descriptions, in the order of the form. */
export function newPhotosOf<File extends { name: string }, Taken>(
  files: readonly File[],
  { newCaption, newAlt }: Record<string, string[]>,
  take: (file: File) => { file: Taken; name: string },
): NewPhoto<Taken>[] {
  const nth = (texts: string[] | undefined, n: number) => (texts?.[n] ?? '').trim();
  return files.map((file, n) => ({ ...take(file), caption: nth(newCaption, n), alt: nth(newAlt, n) }));
}

/** Reads the letter form, in both modes. @param values by field name, in the order of the form */
export function readDraftForm<File>(
  values: Record<string, string[]>,
  newPhotos: NewPhoto<File>[],
): FilledForm<File> {
  const text = (name: string) => values[name]?.at(-1) ?? '';
  const fields = Object.keys(values).map((name): [string, string] => [name, text(name)]);
  const captions = textsOf('caption', fields);
  const order = Object.keys(captions);
  const [way = '', moved = ''] = text('intent').split(' ');
  const isMove = Object.hasOwn(photoWays, way) && isId(moved);
  const photoOrder = isMove ? movePhoto(order, moved, way as PhotoWay) : order;
  const removePhotoIds = (values.removePhoto ?? []).filter(isId);
  const added = newPhotos.map((_, n) => String(n));
  const left = photoOrder.filter((photoId) => !removePhotoIds.includes(photoId));
  const [draftId, inReplyTo] = [text('letterId'), text('inReplyTo')];
  return {
    draftId: isId(draftId) ? draftId : newId(),
    version: Number.parseInt(text('version'), 10) || 0,
    intent: text('intent') === 'send' ? 'send' : 'save',
    words: {
      to: text('to').trim().toLowerCase(),
      title: text('title'),
      body: followPhotos(text('body'), [...order, ...added], [...left, ...added]),
      stampIdea: values.stampIdea ? text('stampIdea') : undefined,
      inReplyTo: isId(inReplyTo) ? inReplyTo : undefined,
      stamp: text('stamp') || undefined,
      arrival: arrivalOf(text('arrival'), text('arrivalDate')),
      stationery: stationeryOf({ paper: text('paper'), ink: text('ink'), face: text('face') }),
      captions,
      altTexts: textsOf('alt', fields),
      photoOrder,
    },
    newPhotos,
    removePhotoIds,
    moved: isMove ? moved : null,
  };
}

/** Returns the form's fields that say when a letter is to arrive; undefined is now. */
export function arrivalFields(arrival = 'now'): { arrival: string; arrivalDate: string } {
  const isPreset = arrivalPresets.some((preset) => preset === arrival);
  return isPreset ? { arrival, arrivalDate: '' } : { arrival: 'date', arrivalDate: arrival };
}

/** The inverse of {@link arrivalFields}. */
function arrivalOf(chosen: string, date: string): string | undefined {
  if (chosen === 'date') return date;
  return chosen === 'now' ? undefined : chosen || undefined;
}

type PhotoText = 'caption' | 'alt';

/** Names a field about a photo kept with the draft: its caption, or what it shows. */
export const photoField = (kind: PhotoText, photoId: string) => `${kind}-${photoId}`;

export const isPhotoField = (name: string) => /^(caption|alt)-/.test(name);

/** Collects the captions or the descriptions from a form's fields, by photo id. */
export function textsOf(kind: PhotoText, fields: Iterable<[string, unknown]>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, text] of fields) {
    const photoId = name.slice(kind.length + 1);
    if (name === photoField(kind, photoId) && isId(photoId)) texts[photoId] = String(text);
  }
  return texts;
}
