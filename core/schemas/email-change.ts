import { z } from 'zod';
import { passwordProof } from './accounts.ts';
import { emailAddress } from './email-address.ts';

/** The new address, and the password proven again. */
export const requestEmailChangeInput = z.object({ email: emailAddress, proof: passwordProof });
export type RequestEmailChangeInput = z.infer<typeof requestEmailChangeInput>;
