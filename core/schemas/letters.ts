import { z } from 'zod';
import { isId } from '../id.ts';
import { stampMotifNames } from '../stamps/stamp-motifs.ts';
import { username, usernameOr } from './accounts.ts';
import { arrivalPresets } from './arrival-presets.ts';
import { hasInk } from './has-ink.ts';
import { limits } from './limits.ts';
import { draftStampIdea, stampIdea } from './stamps.ts';
import { faces, inks, papers } from './stationery.ts';

export const id = z.string().refine(isId, 'This isn’t a valid id.');

/** One line. A letter needs no title; an invisible one counts as none. */
export const title = z
  .string()
  // For the OpenAPI document, which describes the input before it is transformed.
  .meta({ maxLength: limits.titleMax })
  .transform((text) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim())
  .transform((text) => (hasInk(text) ? text : ''))
  .pipe(z.string().max(limits.titleMax, `Titles can have at most ${limits.titleMax} characters.`))
  .default('');

/** Keeps white space and line breaks. CRLF, which forms send, becomes LF before counting. */
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
/** What a photo shows, for people who don't see it. */
const altText = z.string().trim().max(limits.altMax, 'This description is too long.');

/** Counted first, because a million invalid entries would produce a million messages. */
const byPhoto = (text: z.ZodString) =>
  z
    .custom<Record<string, string>>(
      (value) =>
        typeof value === 'object' && value !== null && Object.keys(value).length <= limits.formFields,
      'These are more photos than a letter holds.',
    )
    .pipe(z.record(id, text));

/**
 * Photo ids in the order of the letter. Photos that aren't listed come last, in their old order.
 */
const photoOrder = z.array(id).max(limits.formFields);

/** The draft version being sent. If the draft was saved again since, the server keeps it. */
export const draftVersion = z.number().int().min(0).max(1_000_000_000);

/** When a letter is to arrive: a preset, or a date (`2026-12-24`), by the clocks of its receiver. */
export const arrival = z
  .enum(arrivalPresets, { error: 'Choose the day your letter should arrive.' })
  .or(z.iso.date({ error: 'Choose the day your letter should arrive.' }));
export type Arrival = z.infer<typeof arrival>;

const stationery = z.object({ paper: z.enum(papers), ink: z.enum(inks), face: z.enum(faces) });

export const letterText = z.object({
  to: usernameOr('Choose who this letter is for.'),
  title,
  body,
  captions: byPhoto(caption).default({}),
  altTexts: byPhoto(altText).default({}),
  photoOrder: photoOrder.default([]),
  stampIdea: stampIdea.optional(),
  stationery: stationery.optional(),
  inReplyTo: id.optional(),
  arrival: arrival.optional(),
  stamp: z.enum(stampMotifNames).optional(),
});

/** The text of a draft, which may be unfinished: only upper limits apply. */
export const draftText = z.object({
  to: username.or(z.literal('')).default(''),
  title: z.string().max(limits.draftTitleMax, 'This title is far too long.').default(''),
  body: bodyText.default(''),
  captions: byPhoto(caption).default({}),
  altTexts: byPhoto(altText).default({}),
  photoOrder: photoOrder.default([]),
  /** Missing in forms without this field: the draft keeps its stamp idea. */
  stampIdea: draftStampIdea.optional(),
  stationery: stationery.optional(),
  inReplyTo: id.optional(),
  /** A date that is not chosen yet is empty. */
  arrival: arrival.or(z.literal('')).optional(),
  stamp: z.enum(stampMotifNames).optional(),
});

/** The captions and descriptions of new photos. */
export const newPhotoTexts = z.object({ photos: z.array(z.object({ caption, alt: altText })) });

export const page = z.object({ cursor: z.string().max(100).optional() });
export type PageInput = z.infer<typeof page>;

/** The inbox, or what its owner has taken out of it. */
export const inboxPage = page.extend({ archived: z.boolean().default(false) });

/** The letters with one friend. Each filter narrows them down; several apply together. */
export const threadPage = page.extend({
  username: usernameOr('Choose whose letters to show.'),
  /** Received and still closed. */
  unread: z.boolean().default(false),
  photos: z.boolean().default(false),
  starred: z.boolean().default(false),
  /** In the time zone of your settings, else in `timeZone`. */
  year: z.number().int().min(1970).max(9999).optional(),
  timeZone: z.string().max(100).optional(),
});
export type ThreadPageInput = z.infer<typeof threadPage>;
export type ThreadFilter = Partial<Omit<ThreadPageInput, 'username' | 'cursor'>>;

export const starInput = z.object({ id, starred: z.boolean() });
export const archiveInput = z.object({ id, archived: z.boolean() });

export const draftPage = page.extend({ inTrash: z.boolean().default(false) });
export type DraftPageInput = z.infer<typeof draftPage>;

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

/** A photo of a draft, by position or by its id, which stays when its position changes. */
export const draftPhotoRef = photoRef.extend({ n: photoRef.shape.n.or(id) });

/** The reading position, in thousandths of the letter. */
export const readingPlace = z.object({ id, position: z.number().int().min(0).max(1000) });
