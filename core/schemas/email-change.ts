import { z } from 'zod';
import { passwordProof } from './accounts.ts';
import { emailAddress } from './email-address.ts';

export const requestEmailChangeInput = z.object({ email: emailAddress, proof: passwordProof });
export type RequestEmailChangeInput = z.infer<typeof requestEmailChangeInput>;
