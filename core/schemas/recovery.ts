import { z } from 'zod';
import { emailAddress, linkToken, newPassword } from './accounts.ts';
import { limits } from './limits.ts';

const currentPassword = z
  .string({ error: 'Type your password.' })
  .min(1, 'Type your password.')
  .max(limits.passwordMax, 'This is longer than any password here.');

const passwordTwice = z.object({
  password: newPassword,
  confirm: z.string({ error: 'Type the new password a second time.' }),
});

const sameTwice = {
  path: ['confirm'],
  message: 'The two passwords are not the same.',
};

export const forgotInput = z.object({ email: emailAddress });

/** Only of an account with a second factor. */
export const resetCode = z.string().trim().max(60, 'A code is shorter than this.').optional();

/** `words` is what was typed: spaces, hyphens, commas, case and numbering are forgiven when it is read. */
export const resetInput = passwordTwice
  .extend({
    token: linkToken,
    words: z.string({ error: 'Type your twelve words.' }).max(500),
    code: resetCode,
  })
  .refine((input) => input.password === input.confirm, sameTwice);
export type ResetInput = z.infer<typeof resetInput>;

/** `understood` is the box that says what is lost. */
export const startAfreshInput = passwordTwice
  .extend({
    token: linkToken,
    code: resetCode,
    understood: z.literal(true, { error: 'Tick the box, so that we know you have read what is lost.' }),
  })
  .refine((input) => input.password === input.confirm, sameTwice);
export type StartAfreshInput = z.infer<typeof startAfreshInput>;

export const changePasswordInput = passwordTwice
  .extend({ current: currentPassword })
  .refine((input) => input.password === input.confirm, sameTwice);
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

/** What a person types again before something that cannot be undone. */
export const passwordInput = z.object({ current: currentPassword });
