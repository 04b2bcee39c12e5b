import { z } from 'zod';
import { limits } from './limits.ts';

/** As it was typed: spaces, hyphens and case are forgiven when it is compared. From the app, or one of the ten. */
export const factorCode = z
  .string({ error: 'Enter a code.' })
  .trim()
  .min(1, 'Enter the code from your app, or one of your one-time codes.')
  .max(60, 'That code is too long.');

export const factorCodeInput = z.object({ code: factorCode });

/** What a log-in that waits for its second factor is known by: 32 bytes as base64url. */
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

/** The longest credential id there is (WebAuthn level 3, 4: 1023 bytes), as base64url. */
const credentialId = base64Url(1364).min(1);

const credential = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['cross-platform', 'platform']).optional(),
  clientExtensionResults: z.object({}),
};

/** What `navigator.credentials.create` answered (RegistrationResponseJSON); whatever we make no use of is dropped. */
export const newPasskeyAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64Url(4000),
    attestationObject: base64Url(20_000),
    transports: z
      .array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']))
      .max(10)
      .optional()
      // A transport that was invented since is only a hint less.
      .catch(undefined),
  }),
});
export type NewPasskeyAnswer = z.infer<typeof newPasskeyAnswer>;

/** What `navigator.credentials.get` answered (AuthenticationResponseJSON). */
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
