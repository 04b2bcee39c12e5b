import { z } from 'zod';
import { linkToken, newPassword } from './accounts.ts';
import { emailAddress } from './email-address.ts';
import { limits } from './limits.ts';

const currentPassword = z
  .string({ error: 'Enter your password.' })
  .min(1, 'Enter your password.')
  .max(limits.passwordMax, 'That password is too long.');

/** Other fields of a form are added with `and`, so that problems appear in form order. */
const passwordTwice = z
  .object({
    password: newPassword,
    confirm: z.string({ error: 'Confirm your new password.' }),
  })
  .refine((input) => input.password === input.confirm, {
    path: ['confirm'],
    message: 'The passwords don’t match.',
  });

export const forgotInput = z.object({ email: emailAddress });

export const resetCode = z.string().trim().max(60, 'That code is too long.').optional();

/** `words` as typed: spaces, hyphens, commas, case and numbering are ignored when parsed. */
export const resetInput = z
  .object({ token: linkToken, words: z.string({ error: 'Enter your twelve recovery words.' }).max(500) })
  .and(passwordTwice)
  .and(z.object({ code: resetCode }));
export type ResetInput = z.infer<typeof resetInput>;

export const resetWithoutRecoveryInput = passwordTwice.and(
  z.object({
    token: linkToken,
    code: resetCode,
    understood: z.literal(true, { error: 'Tick the box to show you know what you’ll lose.' }),
  }),
);
export type ResetWithoutRecoveryInput = z.infer<typeof resetWithoutRecoveryInput>;

export const changePasswordInput = z.object({ current: currentPassword }).and(passwordTwice);
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

export const passwordInput = z.object({ current: currentPassword });
