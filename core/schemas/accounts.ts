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
    .min(limits.usernameMin, `A username has at least ${limits.usernameMin} characters.`)
    .max(limits.usernameMax, `A username has at most ${limits.usernameMax} characters.`)
    .regex(/^[a-z0-9_]+$/, 'Use letters a–z, digits and _ only.');

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
      .regex(/^\+[1-9]\d{6,14}$/, 'Write the number with its country code, like +49 170 1234567.')
      .or(z.literal('')),
  )
  .transform((text) => text || undefined);

/** Case and white space count; nothing is trimmed. */
export const newPassword = z
  .string({ error: 'Choose a password.' })
  .min(
    limits.passwordMin,
    `A password has at least ${limits.passwordMin} characters. Three or four words make a good one.`,
  )
  .max(limits.passwordMax, `A password has at most ${limits.passwordMax} characters.`)
  .refine(
    (password) => password.trim() !== '',
    'A password of spaces alone is soon guessed. Add a few words.',
  )
  .refine(
    (password) => !commonPasswords.has(password.toLowerCase()),
    'This password is on every list of common ones. Three or four words that only you would put together are better.',
  );

/** In the order of the form, in which people are told of what is wrong: what is refined is checked after its fields. */
export const joinInput = z
  .object({
    username,
    email: emailAddress,
    password: newPassword,
    confirm: z.string({ error: 'Type the password a second time.' }),
  })
  .refine((input) => input.password.toLowerCase() !== input.username, {
    path: ['password'],
    message: 'The password must not be your username.',
  })
  .refine((input) => input.password === input.confirm, {
    path: ['confirm'],
    message: 'The two passwords are not the same.',
  })
  .and(z.object({ mobile: mobileNumber.optional() }));
export type JoinInput = z.infer<typeof joinInput>;

/** Lenient on purpose: a wrong shape is a wrong name or password, and the answer is the same for both. */
export const logInInput = z.object({
  username: z
    .string({ error: 'Type your username.' })
    .trim()
    .toLowerCase()
    .min(1, 'Type your username.')
    .max(200),
  password: z
    .string({ error: 'Type your password.' })
    .min(1, 'Type your password.')
    .max(limits.passwordMax, 'This is longer than any password here.'),
});
export type LogInInput = z.infer<typeof logInInput>;

/**
 * That it is really the person: the password as it was typed, or, where it never leaves the browser, the key that is
 * derived from it (32 bytes).
 */
export const passwordProof = z.union([
  z.strictObject({
    password: z
      .string({ error: 'Type your password.' })
      .min(1, 'Type your password.')
      .max(limits.passwordMax, 'This is longer than any password here.'),
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
    'This link is not whole. Open it once more from the mail, or log in to get a new one.',
  );
