import { z } from 'zod';
import { passwordProof } from './accounts.ts';

/**
 * A password proof, and the user's own username typed out, so that nobody deletes an account by
 * accident.
 */
export const askDeletionInput = z.object({
  proof: passwordProof,
  username: z.string({ error: 'Enter your username.' }).trim().toLowerCase().max(200),
});
export type AskDeletionInput = z.infer<typeof askDeletionInput>;
