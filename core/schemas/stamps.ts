import { z } from 'zod';
import { limits } from './limits.ts';

/** One line, whatever was pasted: breaks and other control characters become spaces, half a character U+FFFD. */
const oneLine = z.string().transform((text) =>
  text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim(),
);

/**
 * A phrase its author shows to the picture service, and nothing else of the letter; empty for a drawn stamp.
 */
export const stampIdea = oneLine.pipe(
  z.string().max(limits.stampIdeaMax, `Stamp ideas can have at most ${limits.stampIdeaMax} characters.`),
);

/** In a draft it may still be too long. */
export const draftStampIdea = oneLine.pipe(
  z.string().max(limits.draftTitleMax, 'This stamp idea is far too long.'),
);
