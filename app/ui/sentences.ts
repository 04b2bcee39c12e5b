/** Splits a field's messages, one a line. */
export const sentencesOf = (error: string): string[] => error.split('\n').filter((line) => line !== '');
