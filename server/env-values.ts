import { isIP } from 'node:net';
import { z } from 'zod';
import { isLoopback } from '#core/is-loopback.ts';

// The format of a setting's value; env.ts lists the settings.

export const optionalText = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .optional();

/** Digits alone: `Number` would also accept hexadecimals, exponents and an empty text. */
export const wholeNumber = (most: number) => {
  const message = `must be a whole number from 0 to ${most}`;
  return z
    .string()
    .trim()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().max(most, message));
};

/** `5 GB` or `500 MB`, in bytes. */
export const byteSize = z
  .string()
  .trim()
  .regex(/^\d{1,6}(\.\d{1,3})?\s*[MG]B$/i, 'must be a size like 5 GB or 500 MB')
  .transform((text) => Number.parseFloat(text) * (/g/i.test(text) ? 1_000_000_000 : 1_000_000));

/** A value for a header: a line break or an accent would otherwise fail only at its first use. */
export const keyText = optionalText.pipe(
  z
    .string()
    .regex(/^[\x20-\x7e]+$/, 'must be one line of ASCII characters')
    .optional(),
);

export const urlOf = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (text) => schemes.some((scheme) => URL.parse(text)?.protocol === scheme) && isOneLine(text),
      `must be a URL that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`,
    )
    .refine((text) => URL.parse(text)?.hostname !== '', 'has no host name');

/**
 * An origin: pages, cookies and passkeys belong to a whole host, so the URL has no path or
 * credentials.
 */
export const originUrl = urlOf('https:', 'http:')
  .refine((text) => {
    const url = URL.parse(text);
    return url === null || `${url.origin}/` === url.href;
  }, 'must be only a scheme and a host, like https://letters.example.test')
  .transform((text) => URL.parse(text)?.origin ?? text);

/** A host name or an address, as in a URL but without its brackets and its port. */
export const hostName = z
  .string()
  .trim()
  .refine(
    (text) => isIP(text) !== 0 || /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i.test(text),
    'must be an IP address or host name of this machine, like 127.0.0.1 or ::',
  );

/** `post@example.test` or `Project BFF <post@example.test>`. */
export const sender = z.string().refine((text) => {
  const bare = /^[^<>\r\n]*<([^<>]+)>$/.exec(text)?.[1] ?? text;
  return z.email().safeParse(bare).success;
}, 'must be an email address, with or without a name: Project BFF <post@example.test>');

/** A Twilio id: two letters for its kind and 32 hex digits. */
export const sid = (kind: 'AC' | 'MG') =>
  z.string().regex(new RegExp(`^${kind}[0-9a-fA-F]{32}$`), `must be ${kind} followed by 32 hex digits`);

/**
 * Whether a text has no whitespace. URL parsing ignores some, but the text itself is used later.
 */
const isOneLine = (text: string) => !/\s/.test(text);

/** Whether a URL is safe to send a key to: https, or this machine. */
export function isSafeUrl(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
}
