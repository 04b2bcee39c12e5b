import { z } from 'zod';
import type { Bytes } from '../bytes.ts';
import { currentKdfParams, SUITE, sealedLengths } from '../crypto/index.ts';
import { linkToken, mobileNumber, passwordProof, username } from './accounts.ts';
import { emailAddress } from './email-address.ts';
import { id } from './letters.ts';
import { resetCode } from './recovery.ts';

/*
 * Checks for accounts whose keys the server never sees: lengths, the suite, and today's password
 * cost.
 */
const bytesOf = (length: number) =>
  z.custom<Bytes>(
    (value) => value instanceof Uint8Array && value.length === length,
    'These bytes have the wrong length.',
  );
const sealedOf = (length: number) =>
  bytesOf(length).refine((value) => value[0] === SUITE, 'This isn’t sealed correctly.');

const key = bytesOf(32);
const wrappedKey = sealedOf(sealedLengths.wrappedKey);

/**
 * Exactly today's cost: the server derives with the stored cost whenever a form posts a password,
 * even a wrong one.
 */
const today = {
  error: 'This page is out of date. Please reload it.',
};
const params = z.object({
  memoryKiB: z.literal(currentKdfParams.memoryKiB, today),
  iterations: z.literal(currentKdfParams.iterations, today),
  parallelism: z.literal(currentKdfParams.parallelism, today),
});

const passwordRecord = z.object({
  salt: bytesOf(16),
  params,
  authKey: key,
  wrappedAmk: wrappedKey,
  /** The secret version of its key share; the account's previous one by default. */
  secretVersion: z.number().int().min(1).max(1_000_000).optional(),
});
const recoveryRecord = z.object({ authKey: key, wrappedAmk: wrappedKey });
const newKeys = z.object({
  password: passwordRecord,
  recovery: recoveryRecord,
  identityPublicKey: key,
  wrappedIdentityKey: sealedOf(sealedLengths.identity),
});

/** As lenient as the login: a malformed name is simply a wrong one, and gets the same answer. */
export const anyName = z
  .string({ error: 'Enter your username.' })
  .trim()
  .toLowerCase()
  .min(1, 'Enter your username.')
  .max(200);

export const logInSealedInput = z.object({ username: anyName, authKey: key });
export type LogInSealedInput = z.infer<typeof logInSealedInput>;

export const joinSealedInput = newKeys.extend({
  userId: id,
  ticket: z.string().max(200),
  username,
  email: emailAddress,
  mobile: mobileNumber.optional(),
});
export type JoinSealedInput = z.infer<typeof joinSealedInput>;

const proof = z.object({ authKey: key });

export const openKeysInput = z.object({ proof });

export const changePasswordSealedInput = z.object({ proof, password: passwordRecord });
export type ChangePasswordSealedInput = z.infer<typeof changePasswordSealedInput>;

export const renewRecoveryPhraseSealedInput = z.object({ proof, recovery: recoveryRecord });
export type RenewRecoveryPhraseSealedInput = z.infer<typeof renewRecoveryPhraseSealedInput>;

/** Proves that the browser has the phrase; the browser has already asked for two words. */
export const confirmRecoveryPhraseSealedInput = z.object({ authKey: key });

export const openResetInput = z.object({ token: linkToken, phraseKey: key });
export type OpenResetInput = z.infer<typeof openResetInput>;

export const resetSealedInput = openResetInput.extend({
  password: passwordRecord,
  recovery: recoveryRecord,
  code: resetCode,
});
export type ResetSealedInput = z.infer<typeof resetSealedInput>;

export const resetWithoutRecoverySealedInput = newKeys.extend({
  token: linkToken,
  code: resetCode,
  understood: z.literal(true, { error: 'Tick the box to show you know what you’ll lose.' }),
});
export type ResetWithoutRecoverySealedInput = z.infer<typeof resetWithoutRecoverySealedInput>;

export const setAssistedInput = z.object({ proof: passwordProof, forbidden: z.boolean() });
