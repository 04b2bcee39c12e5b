import { expect, test } from 'vitest';
import { type CookieName, readCookie, writeCookie } from '#core/cookies.ts';
import { DAY } from '#core/durations.ts';

const all: [CookieName, plain: string, secure: string][] = [
  [
    'session',
    'bff=x; Path=/; HttpOnly; SameSite=Lax',
    '__Host-bff=x; Path=/; HttpOnly; SameSite=Lax; Secure',
  ],
  [
    'device',
    'bff-device=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000',
    '__Host-bff-device=x; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=31536000',
  ],
  [
    'challenge',
    'bff-code=x; Path=/; HttpOnly; SameSite=Lax',
    '__Host-bff-code=x; Path=/; HttpOnly; SameSite=Lax; Secure',
  ],
  [
    'invitation',
    'bff-invitation=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800',
    '__Host-bff-invitation=x; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=604800',
  ],
  [
    'look',
    'look=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000',
    'look=x; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=31536000',
  ],
  [
    'timeZone',
    'tz=x; Path=/; SameSite=Lax; Max-Age=31536000',
    'tz=x; Path=/; SameSite=Lax; Secure; Max-Age=31536000',
  ],
  [
    'kdf',
    'bff-kdf=x; Path=/; SameSite=Strict; Max-Age=34560000',
    '__Host-bff-kdf=x; Path=/; SameSite=Strict; Secure; Max-Age=34560000',
  ],
];

test.each(all)('%s is written as browsers are to keep it, and read back', (name, plain, secure) => {
  expect(writeCookie(name, 'x', { secure: false })).toBe(plain);
  expect(writeCookie(name, 'x', { secure: true })).toBe(secure);
  const header = 'other=1; xbff=2; bff-other=3; ';
  expect(readCookie(header + plain.split(';')[0], name, false)).toBe('x');
  expect(readCookie(header + secure.split(';')[0], name, true)).toBe('x');
  expect(readCookie(header, name, true)).toBeNull();
  expect(readCookie(null, name, true)).toBeNull();
});

test('a cookie is kept until a date, or removed', () => {
  const options = { secure: false, expires: new Date(20_000 * DAY) };
  expect(writeCookie('session', 'x', options)).toMatch(/; Expires=Fri, 04 Oct 2024 00:00:00 GMT$/);
  expect(writeCookie('session', null, { secure: false })).toMatch(/^bff=; .*; Max-Age=0$/);
});

test('a name over HTTPS is not one over HTTP, and a value is taken whole', () => {
  expect(readCookie('bff=x', 'session', true)).toBeNull();
  expect(readCookie('__Host-bff=x', 'session', false)).toBeNull();
  expect(readCookie('bff="x=y"', 'session', false)).toBe('"x=y"');
});
