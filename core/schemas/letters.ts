import { z } from 'zod';
import { isId } from '../id.ts';
import { username, usernameOr } from './accounts.ts';
import { hasInk } from './has-ink.ts';
import { limits } from './limits.ts';
import { draftStampIdea, stampIdea } from './stamps.ts';

export const id = z.string().refine(isId, 'This isn’t a valid id.');

/** One line. A letter needs no title, and what nobody could see of one is none. */
export const title = z
  .string()
  // For the OpenAPI document, which sees what comes in and not what is made of it.
  .meta({ maxLength: limits.titleMax })
  .transform((text) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim())
  .transform((text) => (hasInk(text) ? text : ''))
  .pipe(z.string().max(limits.titleMax, `Titles can have at most ${limits.titleMax} characters.`))
  .default('');

/** White space and line breaks are kept; CRLF, which forms send, becomes LF before it is counted. */
const bodyText = z
  .string({ error: 'Your letter is still empty.' })
  .meta({ maxLength: limits.bodyMax })
  .transform((text) => text.replace(/\r\n?/g, '\n'))
  .pipe(
    z
      .string()
      .max(limits.bodyMax, `Letters can have at most ${limits.bodyMax.toLocaleString('en')} characters.`),
  );

const body = bodyText.refine(hasInk, 'Your letter is still empty.');

const caption = z.string().trim().max(limits.captionMax, 'This caption is too long.');

/** Counted first: a million wrong entries are a million sentences about them. */
const captions = z
  .custom<Record<string, string>>(
    (value) => typeof value === 'object' && value !== null && Object.keys(value).length <= limits.formFields,
    'These are more captions than a letter has photos.',
  )
  .pipe(z.record(id, caption));

/** Ids of photos the draft has, as they are to stand in the letter; those left out come after them, as they stood. */
const photoOrder = z.array(id).max(limits.formFields);

/** The version of the draft whose words are sent: one that was saved over meanwhile is not thrown away for them. */
export const draftVersion = z.number().int().min(0).max(1_000_000_000);

/** The words of a letter that is to be sent. */
export const letterText = z.object({
  to: usernameOr('Choose who this letter is for.'),
  title,
  body,
  captions: captions.default({}),
  photoOrder: photoOrder.default([]),
  stampIdea: stampIdea.optional(),
});

/** The words of a draft, which may be unfinished: only upper bounds hold. */
export const draftText = z.object({
  to: username.or(z.literal('')).default(''),
  title: z.string().max(limits.draftTitleMax, 'This title is far too long.').default(''),
  body: bodyText.default(''),
  captions: captions.default({}),
  photoOrder: photoOrder.default([]),
  /** Left out by a form that has no field for it: the draft keeps the one it has. */
  stampIdea: draftStampIdea.optional(),
});

/** The lines about photos that are new in a form. */
export const newCaptions = z.object({ photos: z.array(caption) });

export const page = z.object({ cursor: z.string().max(100).optional() });
export type PageInput = z.infer<typeof page>;

export const photoRef = z.object({
  id,
  /** Counted from 0. */
  n: z
    .number()
    .int()
    .min(0)
    .max(limits.photos - 1),
  size: z.enum(['full', 'preview']).default('full'),
});

/** A photo of a draft: by its place, or by its id, which stays when its place changes. */
export const draftPhotoRef = photoRef.extend({ n: photoRef.shape.n.or(id) });

/** How far the reader has come, in thousandths of the letter. */
export const readingPlace = z.object({ id, position: z.number().int().min(0).max(1000) });
