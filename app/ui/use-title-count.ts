import { useEffect } from 'react';
import { limits } from '#core/schemas/limits.ts';

/** Shows in the title of the window how many letters wait, as in "(2) Inbox". */
export function useTitleCount(letters: number): void {
  // After each navigation: it writes a new title.
  useEffect(() => {
    const plain = document.title.replace(/^\(\d+\+?\) /, '');
    const shown = letters > limits.newLettersShown ? `${limits.newLettersShown}+` : letters;
    const title = letters > 0 ? `(${shown}) ${plain}` : plain;
    if (document.title !== title) document.title = title;
  });
}
