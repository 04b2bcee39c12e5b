import { z } from 'zod';
import { limits } from './limits.ts';

/** Makes one line: breaks and control characters become spaces, half a character becomes U+FFFD. */
const oneLine = z.string().transform((text) =>
  text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim(),
);

/**
 * The phrase for the picture service, which sees nothing else of the letter; empty for a drawn
 * stamp.
 */
export const stampIdea = oneLine.pipe(
  z.string().max(limits.stampIdeaMax, `Stamp ideas can have at most ${limits.stampIdeaMax} characters.`),
);

export const draftStampIdea = oneLine.pipe(
  z.string().max(limits.draftTitleMax, 'This stamp idea is far too long.'),
);
