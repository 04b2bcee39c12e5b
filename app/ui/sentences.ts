/** The sentences of a field that has several things wrong with it, one a line. */
export const sentencesOf = (error: string): string[] => error.split('\n').filter((line) => line !== '');
