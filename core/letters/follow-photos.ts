import { placedPhotos } from './read-marks.ts';

/** A photo's line with the blank line after it, or with its own line's end. */
const WITH_END = /^\[photo (\d{1,2})\][^\S\n]*$(?:\n[^\S\n]*\n|\n)?/gim;

/**
 * Renumbers a text's photos after they were moved or removed. The line of a removed photo goes with
 * it; a number that no photo had stays as typed.
 *
 * @param before the photos by any key, in the order that the text was written for
 */
export function followPhotos(body: string, before: readonly string[], after: readonly string[]): string {
  const isSame = before.every((key, n) => key === after[n]);
  if (isSame || placedPhotos(body).size === 0) return body;
  return body.replace(/\r\n?/g, '\n').replace(WITH_END, (line, digits) => {
    const key = before[Number(digits) - 1];
    if (key === undefined) return line;
    const at = after.indexOf(key);
    return at < 0 ? '' : line.replace(/\d+/, String(at + 1));
  });
}

/**
 * Puts a photo into a text, as a paragraph after the line at an index. If the text has a place for
 * it already, that one is left.
 *
 * @returns the text, and the index behind the new line
 */
export function placePhotoInText(body: string, n: number, at: number): { body: string; end: number } {
  const without = (text: string) =>
    text.replace(WITH_END, (line, digits) => (Number(digits) === n ? '' : line));
  const lineEnd = body.indexOf('\n', at);
  const split = lineEnd < 0 ? body.length : lineEnd;
  const before = without(body.slice(0, split)).trimEnd();
  const after = without(body.slice(split).replace(/^\n+/, ''));
  const head = `${before}${before ? '\n\n' : ''}[photo ${n}]`;
  return { body: `${head}\n\n${after}`, end: head.length };
}
