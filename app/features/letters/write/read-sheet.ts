import { isId } from '#core/id.ts';
import { captionsOf } from './captions.ts';
import type { Words } from './sealed-draft.ts';

/** What the form of a sheet contains: its words, and what is to be done with its photos. */
export interface SheetForm {
  intent: 'send' | 'save';
  words: Words;
  files: { file: File; caption: string }[];
  removed: string[];
}

export function readSheet(fields: FormData): SheetForm {
  const text = (name: string) => String(fields.get(name) ?? '');
  const captions = captionsOf(fields);
  const newCaptions = fields.getAll('newCaption').map(String);
  const files = fields
    .getAll('photos')
    .filter((value) => value instanceof File && (value.name || value.size > 0));
  return {
    intent: fields.get('intent') === 'send' ? 'send' : 'save',
    words: {
      to: text('to').trim().toLowerCase(),
      title: text('title'),
      body: text('body'),
      stampIdea: fields.has('stampIdea') ? text('stampIdea') : undefined,
      captions,
      photoOrder: Object.keys(captions),
    },
    files: files.map((file, n) => ({ file: file as File, caption: (newCaptions[n] ?? '').trim() })),
    removed: fields.getAll('removePhoto').map(String).filter(isId),
  };
}
