import { z } from 'zod';
import type { Bytes } from '../bytes.ts';
import { currentKdfParams, SUITE, sealedLengths } from '../crypto/index.ts';
import { linkToken, mobileNumber, passwordProof, username } from './accounts.ts';
import { emailAddress } from './email-address.ts';
import { id } from './letters.ts';
import { resetCode } from './recovery.ts';

/*
 * What the server can check of an account whose keys it never sees: lengths, the suite, and that the password costs as much
 * work as everybody's.
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

/** Exactly today's cost: the server derives with what is stored whenever a form brings a password, even a wrong one. */
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
  /** Of the key share it was wrapped with; the one the account had unless given. */
  secretVersion: z.number().int().min(1).max(1_000_000).optional(),
});
const recoveryRecord = z.object({ authKey: key, wrappedAmk: wrappedKey });
const newKeys = z.object({
  password: passwordRecord,
  recovery: recoveryRecord,
  identityPublicKey: key,
  wrappedIdentityKey: sealedOf(sealedLengths.identity),
});

/** As lenient as the log-in: a wrong shape is a wrong name, and the answer is the same for both. */
export const anyName = z
  .string({ error: 'Enter your username.' })
  .trim()
  .toLowerCase()
  .min(1, 'Enter your username.')
  .max(200);

export const logInSealedInput = z.object({ username: anyName, authKey: key });
export type LogInSealedInput = z.infer<typeof logInSealedInput>;

export const joinSealedInput = newKeys.extend({
  /** From `beginJoin`. */
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

/** Shows that the words are there; two of them were asked for where they are. */
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
