/** White space of every kind, joiners and marks without a letter, and the characters that are drawn as nothing. */
const blank = /[\s\p{Cc}\p{Cf}\p{M}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/gu;

/** Leaves what is to be seen of a text. */
export const withoutBlanks = (text: string): string => text.replace(blank, '');

/** Whether there is anything to see in a text. */
export const hasInk = (text: string): boolean => withoutBlanks(text) !== '';
