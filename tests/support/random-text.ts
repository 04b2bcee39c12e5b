/** A small seeded generator (mulberry32), so that a failing case can be named and run again. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Pieces of text that have broken an encoder somewhere: emoji, joins, right-to-left, controls, halves of characters. */
const pieces = [
  'a',
  'Ж',
  '字',
  'שלום',
  'مرحبا',
  '👩‍👩‍👧‍👦',
  '🇩🇪',
  'e\u0301',
  '\u202e',
  '\ufeff',
  '\u0000',
  '\u2028',
  '\r\n',
  '\n\n\n',
  '\t',
  '"',
  '\\',
  '\\u0041',
  '</script>',
  '{"title":"x"}',
  '__proto__',
  '\ud83d',
  '\udc00',
  '\uffff',
  ' '.repeat(7),
];

/** Up to `most` pieces, each of any kind. */
export function randomText(random: () => number, most: number): string {
  const count = Math.floor(random() * (most + 1));
  return Array.from({ length: count }, () => pieces[Math.floor(random() * pieces.length)]).join('');
}
