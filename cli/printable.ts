import { withLineFeeds } from '../client/node.ts';

/**
 * Makes text safe for a terminal: a friend's text must not move the cursor, change colours or the
 * title, or reverse the direction of its surroundings. Line breaks and tabs stay.
 */
export function printable(text: string): string {
  return withLineFeeds(text).replace(
    /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    '\ufffd',
  );
}

export const untitled = '(no title)';

/** Does the same for one line of a list. */
export const printableLine = (text: string): string => printable(text).replace(/[\n\t]+/g, ' ');

/** Prints JSON in one line, with the unsafe characters escaped that JSON itself allows. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
