import { z } from 'zod';

/**
 * Events of an account's activity log: that something happened, when and where, never its content.
 */
const eventKinds = [
  'logged-in',
  'new-device',
  'log-in-failed',
  'second-factor-failed',
  'device-ended',
  'other-devices-ended',
  'password-changed',
  'password-reset',
  'password-strengthened',
  'keys-renewed',
  'words-renewed',
  'words-confirmed',
  'email-change-asked',
  'email-changed',
  'email-change-cancelled',
  'mobile-changed',
  'totp-added',
  'totp-removed',
  'codes-renewed',
  'code-used',
  'passkey-added',
  'passkey-removed',
  'assisted-forbidden',
  'assisted-allowed',
  'exported',
  'deletion-asked',
  'deletion-cancelled',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** The page of the log, by the end of the previous one. */
export const activityInput = z.object({ cursor: z.string().max(100).optional() });
