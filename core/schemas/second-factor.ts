import { z } from 'zod';
import { limits } from './limits.ts';

/**
 * A code as typed, from the app or a one-time code. Spaces, hyphens and case are ignored when
 * comparing.
 */
export const factorCode = z
  .string({ error: 'Enter a code.' })
  .trim()
  .min(1, 'Enter the code from your app, or one of your one-time codes.')
  .max(60, 'That code is too long.');

export const factorCodeInput = z.object({ code: factorCode });

/** Identifies a login waiting for its second factor: 32 bytes as base64url. */
export const logInChallenge = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'This login is incomplete. Please log in again.');

export const passkeyName = z
  .string({ error: 'Name your passkey.' })
  .trim()
  .min(1, 'Name your passkey so you’ll recognise it.')
  .max(limits.passkeyNameMax, `Names can have at most ${limits.passkeyNameMax} characters.`);

export const passkeyNameInput = z.object({ name: passkeyName });

const base64Url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9_-]*$/);

/** The longest credential id (WebAuthn level 3, 4: 1023 bytes) as base64url. */
const credentialId = base64Url(1364).min(1);

const credential = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['cross-platform', 'platform']).optional(),
  clientExtensionResults: z.object({}),
};

/**
 * The answer of `navigator.credentials.create` (RegistrationResponseJSON); unused fields are
 * dropped.
 */
export const newPasskeyAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64Url(4000),
    attestationObject: base64Url(20_000),
    transports: z
      .array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']))
      .max(10)
      .optional()
      // Unknown, newer transports are dropped: they are only hints.
      .catch(undefined),
  }),
});
export type NewPasskeyAnswer = z.infer<typeof newPasskeyAnswer>;

/** The answer of `navigator.credentials.get` (AuthenticationResponseJSON). */
export const passkeyAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64Url(4000),
    authenticatorData: base64Url(4000),
    signature: base64Url(8000),
    userHandle: base64Url(200).optional(),
  }),
});
export type PasskeyAnswer = z.infer<typeof passkeyAnswer>;
