/**
 * Replaces every character that some program treats as a line break by a line feed (UAX #14, class
 * BK).
 */
export function withLineFeeds(text: string): string {
  return text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n');
}

/** Splits a letter into paragraphs at blank lines. All other line breaks and spaces stay. */
export function paragraphsOf(text: string): string[] {
  return (
    withLineFeeds(text)
      .trimEnd()
      // Of several blank lines, the first ends the paragraph; the others begin the next one.
      .split(/(?<=\S[^\S\n]*)\n[^\S\n]*\n/)
  );
}
