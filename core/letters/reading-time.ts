import { countWords } from './count-words.ts';

/** Words a minute, at which a letter is read with care. */
const PACE = 220;

/** Returns how long a letter takes to read, in whole minutes; at least one. */
export function readingMinutes(text: string): number {
  return Math.max(1, Math.round(countWords(text) / PACE));
}
