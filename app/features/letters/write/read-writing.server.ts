import type { AppCaller, LoadContext } from '#app/http/api.server.ts';
import { type FormFields, readLetterForm, readLetterWords } from '#app/http/uploads.server.ts';
import { movePhoto, type PhotoWay, photoWays } from '#core/drafts/order-photos.ts';
import { isId, newId } from '#core/id.ts';
import { captionsOf } from './captions.ts';

/** A letter being written, as the form shows it. */
export interface Sheet {
  /** Of the draft and of the letter it will be. */
  id: string;
  /** 0 until it is saved as a draft. */
  version: number;
  to: string;
  title: string;
  body: string;
  /** Shown to the picture service; undefined when the form had no field for it. */
  stampIdea?: string | undefined;
  photos: { photoId: string; caption: string; width: number; height: number }[];
  savedAt: Date | null;
}

interface PhotoChanges {
  /** By photo id. */
  captions: Record<string, string>;
  removePhotoIds: string[];
  /** Photo ids as they are to stand in the letter. */
  photoOrder: string[];
  /** The photo whose button was pressed to move it. */
  moved: string | null;
}

/** What a form said whose session was over. */
export type LeftSheet = Sheet & PhotoChanges & { author: string };

/** What the write form posted. Text is kept even when photos were too many or too large. The photos are to be released. */
export async function readWriting(request: Request, { holdRoom }: LoadContext) {
  const { photos, problems, release, ...form } = await readLetterForm(request, holdRoom);
  const { fields, lists } = form;
  return {
    intent: fields.intent === 'send' ? ('send' as const) : ('save' as const),
    author: fields.author ?? '',
    sheet: sheetOf(fields),
    ...photoChangesOf(form),
    photos,
    newCaptions: lists.newCaption ?? [],
    problem: problems.length > 0 ? problems.join('\n') : null,
    release,
  };
}

/** The words alone, of somebody who is not logged in any more. */
export async function readWords(request: Request, { holdRoom }: LoadContext): Promise<LeftSheet> {
  const form = await readLetterWords(request, holdRoom);
  return { ...sheetOf(form.fields), ...photoChangesOf(form), author: form.fields.author ?? '' };
}

/** Whether a form is of the person who is logged in: in another window somebody else may have logged in since. */
export async function isOwn(api: AppCaller, { author }: { author: string }): Promise<boolean> {
  return author === '' || author === (await api.accounts.me())?.username;
}

/** What the form says of the photos that are kept with the draft. */
function photoChangesOf({ fields, lists }: FormFields): PhotoChanges {
  const captions = captionsOf(Object.entries(fields));
  const order = Object.keys(captions);
  const [way = '', moved = ''] = (fields.intent ?? '').split(' ');
  const isMove = Object.hasOwn(photoWays, way) && isId(moved);
  return {
    captions,
    removePhotoIds: (lists.removePhoto ?? []).filter(isId),
    photoOrder: isMove ? movePhoto(order, moved, way as PhotoWay) : order,
    moved: isMove ? moved : null,
  };
}

function sheetOf(fields: FormFields['fields']): Sheet {
  return {
    id: isId(fields.letterId) ? fields.letterId : newId(),
    version: Number.parseInt(fields.version ?? '', 10) || 0,
    to: (fields.to ?? '').trim().toLowerCase(),
    title: fields.title ?? '',
    body: fields.body ?? '',
    stampIdea: fields.stampIdea,
    photos: [],
    savedAt: null,
  };
}
