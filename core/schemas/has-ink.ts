/** White space of every kind, joiners and marks without a letter, and the letters that are drawn as nothing. */
const ink = /[^\s\p{Cc}\p{Cf}\p{M}\p{Z}\u115f\u1160\u2800\u3164\uffa0]/u;

/** Whether there is anything to see in a text. */
export function hasInk(text: string): boolean {
  return ink.test(text);
}
