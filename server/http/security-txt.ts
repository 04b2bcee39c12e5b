import { DAY } from '#core/durations.ts';
import type { Env } from '../env.ts';

/**
 * Half a year, as proof that the server was run recently (RFC 9116, 2.5.5 asks for under a year).
 */
const LIFETIME_MS = 182 * DAY;

/**
 * Where to report a vulnerability (RFC 9116): the administrator's address, or else the feedback
 * page.
 */
export function securityTxt({ APP_URL, ADMIN_EMAIL }: Env, now: Date): string {
  const expires = new Date(now.getTime() + LIFETIME_MS);
  expires.setUTCHours(0, 0, 0, 0);
  return [
    `Contact: ${ADMIN_EMAIL ? `mailto:${ADMIN_EMAIL}` : `${APP_URL}/feedback`}`,
    `Expires: ${expires.toISOString()}`,
    'Preferred-Languages: en',
    `Canonical: ${APP_URL}/.well-known/security.txt`,
    '',
  ].join('\n');
}
