import { z } from 'zod';
import { id } from './letters.ts';

/** `known` is the tag of an earlier answer; `opening` a letter to leave out. */
export const newsInput = z.object({ known: z.string().max(100).optional(), opening: id.optional() });
export type NewsInput = z.infer<typeof newsInput>;
