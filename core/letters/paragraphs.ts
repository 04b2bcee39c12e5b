/** Every character that breaks a line in some program, as the line feed that breaks it everywhere (UAX #14, class BK). */
export function withLineFeeds(text: string): string {
  return text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n');
}

/** A letter's paragraphs: blank lines part them, all other line breaks and spaces stay as written. */
export function paragraphsOf(text: string): string[] {
  return (
    withLineFeeds(text)
      .trimEnd()
      // Of several blank lines the first ends the paragraph; the others stay, at the beginning of the next.
      .split(/(?<=\S[^\S\n]*)\n[^\S\n]*\n/)
  );
}
