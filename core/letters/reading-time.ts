/** Words a minute, at which a letter is read with care. */
const WORDS = 220;
/** Characters a minute of scripts that write without spaces. */
const SIGNS = 450;

const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/gu;
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu;

/** Returns how long a letter takes to read, in whole minutes; at least one. */
export function readingMinutes(text: string): number {
  const signs = text.match(UNSPACED)?.length ?? 0;
  const words = text.replace(UNSPACED, ' ').match(WORD)?.length ?? 0;
  return Math.max(1, Math.round(words / WORDS + signs / SIGNS));
}
