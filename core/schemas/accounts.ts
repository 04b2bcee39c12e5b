import { z } from 'zod';
import type { Bytes } from '../bytes.ts';
import { commonPasswords } from './common-passwords.ts';
import { emailAddress } from './email-address.ts';
import { limits } from './limits.ts';

/** @param absent the message when none is given: it is typed in one form and chosen in another */
export const usernameOr = (absent: string) =>
  z
    .string({ error: absent })
    .trim()
    .toLowerCase()
    .min(1, { error: absent, abort: true })
    .min(limits.usernameMin, `Usernames need at least ${limits.usernameMin} characters.`)
    .max(limits.usernameMax, `Usernames can have at most ${limits.usernameMax} characters.`)
    .regex(/^[a-z0-9_]+$/, 'Use only a–z, 0–9 and _.');

export const username = usernameOr('Choose a username.');

/** Why no link reaches the owner of an address: the mail server refuses it, or its owner knows nothing of the account. */
export type AddressTrouble = 'bounced' | 'not-mine';

/** The right address, in the place of one with a typing error. */
export const correctAddressInput = z.object({ email: emailAddress });

/** E.164 after spaces, dots, dashes and brackets are dropped. */
export const mobileNumber = z
  .string()
  .transform((text) => text.replace(/[\s().-]/g, '').replace(/^00/, '+'))
  .pipe(
    z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, 'Include the country code, like +49 170 1234567.')
      .or(z.literal('')),
  )
  .transform((text) => text || undefined);

/** Case and white space count; nothing is trimmed. */
export const newPassword = z
  .string({ error: 'Choose a password.' })
  .min(
    limits.passwordMin,
    `Use at least ${limits.passwordMin} characters. Three or four random words work well.`,
  )
  .max(limits.passwordMax, `Use at most ${limits.passwordMax} characters.`)
  .refine(
    (password) => password.trim() !== '',
    'A password made only of spaces is easy to guess. Add a few words.',
  )
  .refine(
    (password) => !commonPasswords.has(password.toLowerCase()),
    'This is one of the most common passwords. Try three or four random words instead.',
  );

/** In the order of the form, in which people are told of what is wrong: what is refined is checked after its fields. */
export const joinInput = z
  .object({
    username,
    email: emailAddress,
    password: newPassword,
    confirm: z.string({ error: 'Confirm your password.' }),
  })
  .refine((input) => input.password.toLowerCase() !== input.username, {
    path: ['password'],
    message: 'Your password can’t be your username.',
  })
  .refine((input) => input.password === input.confirm, {
    path: ['confirm'],
    message: 'The passwords don’t match.',
  })
  .and(z.object({ mobile: mobileNumber.optional() }));
export type JoinInput = z.infer<typeof joinInput>;

/** Lenient on purpose: a wrong shape is a wrong name or password, and the answer is the same for both. */
export const logInInput = z.object({
  username: z
    .string({ error: 'Enter your username.' })
    .trim()
    .toLowerCase()
    .min(1, 'Enter your username.')
    .max(200),
  password: z
    .string({ error: 'Enter your password.' })
    .min(1, 'Enter your password.')
    .max(limits.passwordMax, 'That password is too long.'),
});
export type LogInInput = z.infer<typeof logInInput>;

/**
 * That it is really the person: the password as it was typed, or, where it never leaves the browser, the key that is
 * derived from it (32 bytes).
 */
export const passwordProof = z.union([
  z.strictObject({
    password: z
      .string({ error: 'Enter your password.' })
      .min(1, 'Enter your password.')
      .max(limits.passwordMax, 'That password is too long.'),
  }),
  z.strictObject({ authKey: z.custom<Bytes>((value) => value instanceof Uint8Array && value.length === 32) }),
]);
export type PasswordProof = z.infer<typeof passwordProof>;

/** Two of the twelve words, to show that they were written down; `positions` count from 1. */
export const confirmRecoveryPhraseInput = z.object({
  answers: z
    .array(
      z.object({ position: z.number().int().min(1).max(12), word: z.string().trim().toLowerCase().max(20) }),
    )
    .length(2),
});
export type ConfirmRecoveryPhraseInput = z.infer<typeof confirmRecoveryPhraseInput>;

/** A single-use token from a link: 32 bytes as base64url. */
export const linkToken = z
  .string()
  .regex(
    /^[A-Za-z0-9_-]{43}$/,
    'This link is incomplete. Open it again from the email, or log in to get a new one.',
  );
