import { z } from 'zod';

/** What is remembered of an account for its owner: that it happened, when and where, never what was in it. */
const eventKinds = [
  'logged-in',
  /** In addition to the log-in itself. */
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

/** Which page of the activity: where the page before ended. */
export const activityInput = z.object({ cursor: z.string().max(100).optional() });
