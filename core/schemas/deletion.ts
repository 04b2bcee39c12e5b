import { z } from 'zod';
import { passwordProof } from './accounts.ts';

/** The password, and one's own username typed out: nobody deletes an account by a slip. */
export const askDeletionInput = z.object({
  proof: passwordProof,
  username: z.string({ error: 'Enter your username.' }).trim().toLowerCase().max(200),
});
export type AskDeletionInput = z.infer<typeof askDeletionInput>;
