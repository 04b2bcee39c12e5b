import { z } from 'zod';
import type { Bytes } from '../bytes.ts';
import { commonPasswords } from './common-passwords.ts';
import { emailAddress } from './email-address.ts';
import { limits } from './limits.ts';

/**
 * @param absent the message for a missing name: forms ask for a username or let the user choose one
 */
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

/**
 * Why links don't reach an address: its server bounces them, or its owner doesn't know the account.
 */
export type AddressTrouble = 'bounced' | 'not-mine';

export const correctAddressInput = z.object({ email: emailAddress });

/** Normalises to E.164: drops spaces, dots, dashes and brackets. */
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

/**
 * In form order, because users read problems in this order. Refinements run after the fields' own
 * checks.
 */
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

/**
 * Lenient on purpose: a malformed name or password is simply a wrong one, and gets the same answer.
 */
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
 * The password proof: the typed password, or the key derived from it (32 bytes) where the password
 * never leaves the browser.
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

/** Two of the twelve words, as evidence that the user wrote them down; `positions` count from 1. */
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
