import { withLineFeeds } from '../client/node.ts';

/**
 * Makes text safe for a terminal: what a friend wrote must not move the cursor, change colours, the title or other
 * text, nor reverse the direction of what is next to it. Line breaks and tabs stay.
 */
export function printable(text: string): string {
  return withLineFeeds(text).replace(
    /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    '\ufffd',
  );
}

/** Stands in the place of a title. */
export const untitled = '(no title)';

/** The same for one line of a list. */
export const printableLine = (text: string): string => printable(text).replace(/[\n\t]+/g, ' ');

/** JSON in one line; also what JSON itself lets through is escaped, so that it is safe to look at. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
