/** The letters with a friend are counted up to here in each direction, then shown as "1,000+". */
export const countedLetters = 1_000;
