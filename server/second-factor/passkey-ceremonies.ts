import type { AuthenticatorTransport } from '@simplewebauthn/server';
import type { Bytes } from '#core/bytes.ts';
import { encodeUtf8 } from '#core/bytes.ts';
import { MINUTE } from '#core/durations.ts';
import type { NewPasskeyAnswer, PasskeyAnswer } from '#core/schemas/second-factor.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Passkey } from './passkey.store.ts';
import { type NewPasskeyOptions, type PasskeyOptions, relyingParty } from './relying-party.ts';

/** How long a browser may show its prompt, ms. */
const TIMEOUT = 5 * MINUTE;

/** Loaded by the first user with a passkey; the others do not need the library. */
const library = () => import('@simplewebauthn/server');

/** EdDSA, ES256, RS256 (COSE): supported by authenticators, and not experimental in Node. */
const algorithms = [-8, -7, -257];

/** The values every answer must match. */
function expected(ctx: Context, challenge: string) {
  const { id, origin } = relyingParty(ctx.env.APP_URL);
  return {
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: false,
  };
}

const descriptorOf = ({ credentialId, transports }: Passkey) => ({
  id: credentialId,
  transports: transports as AuthenticatorTransport[],
});

/**
 * Creates the browser's options for a new passkey. The user handle is the account's id, which
 * reveals nothing.
 */
export async function newPasskeyOptions(
  ctx: Context,
  person: { userId: string; username: string; displayName: string },
  passkeys: Passkey[],
): Promise<NewPasskeyOptions> {
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: 'Project BFF',
    rpID: relyingParty(ctx.env.APP_URL).id,
    userName: person.username,
    userDisplayName: person.displayName,
    userID: encodeUtf8(person.userId),
    excludeCredentials: passkeys.map(descriptorOf),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
    supportedAlgorithmIDs: algorithms,
    timeout: TIMEOUT,
  });
}

export async function passkeyLogInOptions(ctx: Context, passkeys: Passkey[]): Promise<PasskeyOptions> {
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    rpID: relyingParty(ctx.env.APP_URL).id,
    allowCredentials: passkeys.map(descriptorOf),
    userVerification: 'preferred',
    timeout: TIMEOUT,
  });
}

/**
 * Verifies the answer of a new passkey.
 *
 * @throws {AppError} `invalid-input` on `passkey` when it does not answer this challenge.
 */
export async function readNewPasskey(ctx: Context, asked: string, answer: NewPasskeyAnswer) {
  const { verifyRegistrationResponse } = await library();
  const verified = await verifyRegistrationResponse({
    response: answer as Parameters<typeof verifyRegistrationResponse>[0]['response'],
    ...expected(ctx, asked),
    supportedAlgorithmIDs: algorithms,
  }).catch(() => null);
  if (!verified?.verified) throw passkeyRefused('We couldn’t add this passkey. Please try again.');
  const { credential } = verified.registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: credential.publicKey.slice() as Bytes,
    counter: String(credential.counter),
    transports: answer.response.transports ?? [],
  };
}

/**
 * Verifies a passkey's answer: one of this user's, for the challenge, with a counter that has grown
 * (WebAuthn level 3, 6.1.1: a counter that has not suggests a cloned authenticator).
 *
 * @param asked the challenge, used up by the caller; null when there was none
 * @throws {AppError} `invalid-input` on `passkey`.
 */
export async function verifyPasskey(
  ctx: Context,
  userId: string,
  asked: string | null,
  answer: PasskeyAnswer,
): Promise<void> {
  const passkeys = asked ? await ctx.stores.passkeys.listByUser(userId) : [];
  const passkey = passkeys.find(({ credentialId }) => credentialId === answer.id);
  const counter = asked && passkey ? await counterOf(ctx, passkey, asked, answer) : null;
  if (passkey && counter !== null && (await ctx.stores.passkeys.markUsed(passkey, counter, ctx.now())))
    return;
  await recordEvent(ctx, userId, 'second-factor-failed', ctx);
  throw passkeyRefused('That passkey didn’t work here. Try again, or use a code.');
}

async function counterOf(
  ctx: Context,
  passkey: Passkey,
  asked: string,
  answer: PasskeyAnswer,
): Promise<string | null> {
  const { verifyAuthenticationResponse } = await library();
  const verified = await verifyAuthenticationResponse({
    response: answer as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
    ...expected(ctx, asked),
    credential: {
      id: passkey.credentialId,
      publicKey: passkey.publicKey,
      counter: Number(passkey.counter),
    },
  }).catch(() => null);
  return verified?.verified ? String(verified.authenticationInfo.newCounter) : null;
}

export function passkeyRefused(message: string): AppError {
  return new AppError('invalid-input', message, { fields: { passkey: message } });
}
