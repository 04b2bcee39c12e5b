import { z } from 'zod';
import { emailAddress, passwordProof } from './accounts.ts';

/** The new address, and the password proven again. */
export const requestEmailChangeInput = z.object({ email: emailAddress, proof: passwordProof });
export type RequestEmailChangeInput = z.infer<typeof requestEmailChangeInput>;
