import { Secret, TOTP } from 'otpauth';
import type { Bytes } from '#core/bytes.ts';

/** RFC 4226, 4, R6: at least 128 bits, 160 recommended. */
export const TOTP_SECRET_BYTES = 20;

/** RFC 6238 with what every app takes: SHA-1, six digits, steps of 30 seconds. */
const common = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** A clock that is a little off, and a code that was typed slowly: one step before and one after (RFC 6238, 5.2). */
const WINDOW = 1;

const secretOf = (secret: Bytes) => new Secret({ buffer: secret.slice().buffer });

/**
 * The time step a code belongs to, or null when it is of none that is near. Whoever takes the code remembers the step and
 * takes no code of it or an earlier one again (RFC 6238, 5.2).
 */
export function totpStepOf(secret: Bytes, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const timestamp = now.getTime();
  const delta = TOTP.validate({
    ...common,
    token: code,
    secret: secretOf(secret),
    timestamp,
    window: WINDOW,
  });
  return delta === null ? null : TOTP.counter({ period: common.period, timestamp }) + delta;
}

/** What an app is told: by a QR code (`uri`), or typed by hand (`text`, base32). */
export function totpSetup(secret: Bytes, account: { issuer: string; label: string }) {
  const totp = new TOTP({ ...common, ...account, secret: secretOf(secret) });
  return { uri: totp.toString(), text: totp.secret.base32 };
}
