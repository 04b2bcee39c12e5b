import type { AppCaller } from '#app/http/api.server.ts';
import { orNotFound } from '#app/http/errors.server.ts';
import { isSealed, sealedData } from '#app/modes/sealed-session.server.ts';
import type { LetterData } from './letter-data.ts';

/**
 * One letter for a page: opened here when the session has keys, else sealed as it is. So is one that nobody gets to see,
 * because its page is asked for with HEAD: the envelope stays closed.
 */
export function loadLetter(api: AppCaller, request: Request, id: string): Promise<LetterData> {
  return orNotFound(async (): Promise<LetterData> => {
    if (request.method !== 'HEAD' && !(await isSealed(api))) {
      const letter = await api.letters.read({ id });
      const photoCount = letter.content?.photos.length ?? 0;
      return { from: letter.author.displayName, letter, photoCount, sealed: null, opening: 'open' };
    }
    const view = await api.letters.sealed({ id });
    const sealed = await sealedData(api, view);
    const photoCount = view.letter.photos.length;
    return { from: view.author.displayName, letter: null, photoCount, sealed, opening: 'opening' };
  });
}
