/** White space, joiners, marks without a letter, and invisible characters. */
const blank = /[\s\p{Cc}\p{Cf}\p{M}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/gu;

/** Keeps only the visible characters. */
export const withoutBlanks = (text: string): string => text.replace(blank, '');

/** Tells whether a text has visible characters. */
export const hasInk = (text: string): boolean => withoutBlanks(text) !== '';
