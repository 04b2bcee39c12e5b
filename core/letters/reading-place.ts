import { type Block, type Inline, readMarks } from './read-marks.ts';

/** From this position on, a letter counts as read to its end. */
const END = 980;

const lengthOf = (parts: readonly Inline[]) => parts.reduce((sum, { text }) => sum + text.length, 0);

/** Returns how many characters each block of a letter has. */
export function lengthsOf(blocks: readonly Block[]): number[] {
  return blocks.map((block) => lengthOf(block.kind === 'list' ? block.items.flat() : block.text));
}

/**
 * Returns where each block of a letter begins, in thousandths of the letter's characters: its
 * reading position.
 */
export function placesOf(lengths: readonly number[]): number[] {
  const whole = lengths.reduce((sum, length) => sum + length, 0) || 1;
  let before = 0;
  return lengths.map((length) => {
    const place = Math.ceil((1000 * before) / whole);
    before += length;
    return place;
  });
}

/**
 * Returns the place of the block at a reading position; null at the beginning of a letter, and when
 * it has been read.
 *
 * @param position in thousandths of the letter
 */
export function placeLeftOff(lengths: readonly number[], position: number): number | null {
  if (position <= 0 || position >= END) return null;
  return placesOf(lengths).findLast((place) => place <= position) || null;
}

/** Returns the same for a letter's whole text. */
export function placeIn(text: string, position: number): number | null {
  return position > 0 ? placeLeftOff(lengthsOf(readMarks(text)), position) : null;
}
