import { Secret, TOTP } from 'otpauth';
import type { Bytes } from '#core/bytes.ts';

/** The code that an authenticator app shows at a moment: RFC 6238 with SHA-1, six digits, steps of 30 seconds. */
export function totpCodeAt(secret: Bytes, now: Date): string {
  return TOTP.generate({ secret: new Secret({ buffer: secret.slice().buffer }), timestamp: now.getTime() });
}
