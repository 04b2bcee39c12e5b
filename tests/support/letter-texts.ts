/**
 * A letter of about `bytes` bytes with everything that has been lost on the way before: indented lines, several blank
 * lines, runs of spaces, links in the middle of sentences, emoji of many code points, marks that look like HTML.
 */
export function longLetter(bytes: number): string {
  const parts = [
    '    Dear you,',
    'first the photographs, then the rest. The path is at https://example.test/path?from=lake&to=mill#bend, and it is steep.',
    'Three  spaces   in a    row, a tab\there, and a line\nbroken by hand\n  with an indent\n\n\n\nand three blank lines before this one.',
    'On www.example.org/maps (second page) you see the bridge; write to mailto:miller@example.test before you come.',
    'Emoji: 🐈‍⬛ 👩‍👩‍👧 🏳️‍🌈 ✉️ 🇳🇴, and words: Grüße, žluťoučký kůň, 手紙, שלום, مرحبا.',
    '<b>not bold</b> & &amp; <script>alert(1)</script> "quoted" \'single\' `code` {{braces}} %00 \\n',
    '+ one\n+ two\n\t+ half of three\n\n        far to the right',
  ];
  let text = parts.join('\n\n');
  for (let page = 2; Buffer.byteLength(text) < bytes - 400; page++) {
    text += `\n\nPage ${page}. ${'It rained, and we read; then it stopped raining, and we read on. '.repeat(4)}\n   (${page} cups of tea)`;
  }
  return `${text}\n\nYours — write soon ❤️`;
}
