const words = new Intl.Segmenter('en', { granularity: 'word' });

/** Counts the words of a text in any script, by the word boundaries of UAX #29. */
export function countWords(text: string): number {
  let count = 0;
  for (const { isWordLike } of words.segment(text)) if (isWordLike) count += 1;
  return count;
}
