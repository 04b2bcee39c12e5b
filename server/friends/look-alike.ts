import confusables from 'unicode-confusables';
import { withoutBlanks } from '#core/schemas/has-ink.ts';

/**
 * Whether two names can be mistaken for each other: by case, accents, surrounding signs, or letters
 * that look alike in any script (the confusables of UTS #39).
 */
export function lookAlike(one: string, other: string): boolean {
  const skeletons = skeletonsOf(one);
  return skeletonsOf(other).some((skeleton) => skeletons.includes(skeleton));
}

/**
 * The forms to compare a name by, up to two: a capital I looks like a small l, and a name in
 * capitals like the same in small letters. Empty for a name without letters or digits.
 */
export function skeletonsOf(name: string): string[] {
  const bare = plain(name);
  return [...new Set([bare, bare.toLowerCase()].map(skeletonOf))].filter((skeleton) => skeleton !== '');
}

const skeletonOf = (name: string) =>
  plain(confusables.rectifyConfusion(name))
    .replace(/[^\p{L}\p{N}_]/gu, '')
    .toLowerCase();

const plain = (name: string) => withoutBlanks(withPlainLetters(name).normalize('NFKD'));

/** Small capitals, which UTS #39 distinguishes from small letters. */
const smallCapitals: Record<string, string> = Object.fromEntries(
  Array.from('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ', (letter, n) => [letter, 'abcdefghijklmnopqrstuvwyz'[n] ?? '']),
);
/**
 * White letters on dark discs and squares: 26 each, in alphabetical order, and not mapped by NFKD.
 */
const darkAlphabets = [0x1f150, 0x1f170];

function withPlainLetters(name: string): string {
  return Array.from(name, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    const alphabet = darkAlphabets.find((first) => code >= first && code < first + 26);
    return alphabet === undefined
      ? (smallCapitals[letter] ?? letter)
      : String.fromCodePoint(0x61 + code - alphabet);
  }).join('');
}
