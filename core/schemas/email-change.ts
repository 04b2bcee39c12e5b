import type { z } from 'zod';
import { emailAddress } from './accounts.ts';
import { passwordInput } from './recovery.ts';

/** The new address, and the password again. */
export const requestEmailChangeInput = passwordInput.extend({ email: emailAddress });
export type RequestEmailChangeInput = z.infer<typeof requestEmailChangeInput>;
