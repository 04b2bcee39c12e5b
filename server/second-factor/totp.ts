import { Secret, TOTP } from 'otpauth';
import type { Bytes } from '#core/bytes.ts';

/** RFC 4226, 4, R6: at least 128 bits, 160 recommended. */
export const TOTP_SECRET_BYTES = 20;

/** RFC 6238 with the parameters every app supports: SHA-1, six digits, 30 seconds. */
const common = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** Tolerates a clock that is slightly off and slow typing: one step either way (RFC 6238, 5.2). */
const WINDOW = 1;

const secretOf = (secret: Bytes) => new Secret({ buffer: secret.slice().buffer });

/**
 * The time step of a code, or null when it matches no step nearby. The caller stores the step and
 * accepts no code of it or an earlier one again (RFC 6238, 5.2).
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

/** The app's secret for a QR code (`uri`) and for typing (`text`, base32). */
export function totpSetup(secret: Bytes, account: { issuer: string; label: string }) {
  const totp = new TOTP({ ...common, ...account, secret: secretOf(secret) });
  return { uri: totp.toString(), text: totp.secret.base32 };
}
