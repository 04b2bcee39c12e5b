/** A letter's paragraphs: blank lines part them, all other line breaks and spaces stay as written. */
export function paragraphsOf(text: string): string[] {
  return (
    text
      .replace(/\r\n?/g, '\n')
      .replace(/^\n+/, '')
      .trimEnd()
      // Of several blank lines the first ends the paragraph; the others stay, at the beginning of the next.
      .split(/(?<=\S[^\S\n]*)\n[^\S\n]*\n/)
  );
}
