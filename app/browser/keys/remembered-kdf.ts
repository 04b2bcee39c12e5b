import type { PasswordKdf } from '#core/accounts/password-record.ts';
import { encodeUtf8, fromBase64Url, toBase64Url } from '#core/bytes.ts';
import { readCookie, writeCookie } from '#core/cookies.ts';

const MOST = 4;
const ENTRY = /^([\w-]{12})\.(\d{1,9})\.(\d{1,9})\.(\d{1,9})\.([\w-]{22})$/;

/**
 * Returns the salt and cost of the user's last login in this browser; null when it remembers none.
 */
export async function recallKdf(username: string): Promise<PasswordKdf | null> {
  const tag = await tagOf(username);
  const entry = entries().find((one) => one.startsWith(`${tag}.`));
  const [, , memoryKiB, iterations, parallelism, salt = ''] = ENTRY.exec(entry ?? '') ?? [];
  if (!salt) return null;
  const params = {
    memoryKiB: Number(memoryKiB),
    iterations: Number(iterations),
    parallelism: Number(parallelism),
  };
  return { salt: fromBase64Url(salt), params };
}

/**
 * Remembers the salt and cost of a login. A cookie holds them because logging out clears the site's
 * storage. They are no secret: the server tells them to anyone who asks.
 */
export async function rememberKdf(username: string, { salt, params }: PasswordKdf): Promise<void> {
  const tag = await tagOf(username);
  const { memoryKiB, iterations, parallelism } = params;
  const entry = [tag, memoryKiB, iterations, parallelism, toBase64Url(salt)].join('.');
  const others = entries().filter((one) => !one.startsWith(`${tag}.`));
  const value = [entry, ...others].slice(0, MOST).join('~');
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers we support
  document.cookie = writeCookie('kdf', value, { secure: isSecure() });
}

const isSecure = () => location.protocol === 'https:';

function entries(): string[] {
  const value = readCookie(document.cookie, 'kdf', isSecure()) ?? '';
  return value.split('~').filter((entry) => ENTRY.test(entry));
}

/** Names a user without revealing the name to the next person who uses this browser. */
async function tagOf(username: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', encodeUtf8(`bff/v1/remembered-kdf:${username}`));
  return toBase64Url(new Uint8Array(digest).slice(0, 9));
}
