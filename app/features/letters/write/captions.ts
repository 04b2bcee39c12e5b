import { isId } from '#core/id.ts';

const prefix = 'caption-';

/** The field for the caption of a photo that is kept with the draft. */
export const captionField = (photoId: string) => `${prefix}${photoId}`;

/** Whether a field of the form is such a caption. */
export const isCaptionField = (name: string) => name.startsWith(prefix);

/** The captions among the fields of a form, by photo id. */
export function captionsOf(fields: Iterable<[string, unknown]>): Record<string, string> {
  const captions: Record<string, string> = {};
  for (const [name, text] of fields) {
    const photoId = name.slice(prefix.length);
    if (isCaptionField(name) && isId(photoId)) captions[photoId] = String(text);
  }
  return captions;
}
