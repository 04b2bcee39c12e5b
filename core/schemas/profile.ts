import { z } from 'zod';
import { dateLocales } from '../dates/write-date.ts';
import { hasInk } from './has-ink.ts';
import { limits } from './limits.ts';
import { timeZone } from './notifications.ts';

/**
 * Characters that would reverse or break the surrounding text. A joiner inside an emoji isn't one.
 */
const unruly = /[\p{Cc}\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u;

export const profileInput = z.object({
  /** Shown next to the username; empty for the username alone. */
  displayName: z
    .string({ error: 'Enter a name.' })
    .trim()
    .max(limits.displayNameMax, `Names can have at most ${limits.displayNameMax} characters.`)
    .refine((name) => name === '' || hasInk(name), 'This name would be invisible. Add a few letters.')
    .refine((name) => !unruly.test(name), 'This name has a character we can’t show. Please retype it.'),
  timeZone,
  locale: z.enum(dateLocales, { error: 'Choose a date format from the list.' }),
});
export type ProfileInput = z.infer<typeof profileInput>;
