import type { Page } from 'playwright-core';
import { provePassword } from '#core/accounts/sealed-account.ts';
import { toBase64Url } from '#core/bytes.ts';
import { openWithSubkey } from '#core/crypto/aead.ts';
import { importHkdfKey } from '#core/crypto/hkdf.ts';
import { importMasterKey } from '#core/crypto/index.ts';
import type { TestBrowser, VisitOptions } from './browser.ts';
import type { ServedInstallation } from './installation-http.ts';
import type { Person as Member } from './journey-people.ts';
import { type Person, personAt } from './people.ts';

/**
 * Sits somebody down at a browser that holds their keys, as after a log-in there, without the time it takes; with `olderKeys`, in
 * the form in which they were held before.
 */
export async function sitDownSealed(
  world: ServedInstallation,
  browser: TestBrowser,
  member: Member,
  options: VisitOptions & { olderKeys?: boolean } = {},
): Promise<Person> {
  const { token, raw } = await logInSealed(world, member);
  const page = await browser.visit(world.url, options);
  await page.context().addCookies([{ name: 'bff', value: token, url: world.url }]);
  await page.goto('/about');
  await holdKeys(page, { ...raw, older: options.olderKeys === true });
  return personAt(page, member.username, member.password);
}

async function logInSealed(world: ServedInstallation, { username, password }: Member) {
  const { accounts } = await world.as(null);
  const proven = await provePassword(world.container.argon2, password, await accounts.kdf({ username }));
  const result = await accounts.logInSealed({ username, authKey: proven.authKey });
  if (result.outcome !== 'logged-in') throw new Error(`log-in ended with ${result.outcome}`);
  const { userId, epoch, identityPublicKey, wrappedIdentityKey } = result.account;
  const master = await proven.open(result.account);
  const bound = [userId, epoch, identityPublicKey];
  const whole = await importHkdfKey(master);
  const secret = await openWithSubkey(whole, 'bff/v1/identity', bound, wrappedIdentityKey);
  const [masterKey, publicKey, privateKey] = [master, identityPublicKey, secret].map(toBase64Url);
  const purposes = Object.keys((await importMasterKey(master)).subkeys);
  return {
    token: result.token,
    raw: { userId, username, epoch, masterKey, purposes, publicKey, privateKey },
  };
}

function holdKeys(page: Page, raw: Awaited<ReturnType<typeof logInSealed>>['raw'] & { older: boolean }) {
  return page.evaluate(async ({ masterKey, purposes, publicKey, privateKey, older, ...owner }) => {
    const bytes = (text = '') => {
      const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
      return Uint8Array.from(binary, (character) => character.charCodeAt(0));
    };
    const whole = await crypto.subtle.importKey('raw', bytes(masterKey), 'HKDF', false, [
      'deriveKey',
      'deriveBits',
    ]);
    const subkeyOf = (purpose: string) => {
      const info = new TextEncoder().encode(purpose);
      const from = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info };
      const to = { name: 'AES-GCM', length: 256 };
      return crypto.subtle.deriveKey(from, whole, to, false, ['encrypt', 'decrypt']);
    };
    const subkeys = Object.fromEntries(
      await Promise.all(purposes.map(async (purpose) => [purpose, await subkeyOf(purpose)])),
    );
    const held = {
      ...owner,
      masterKey: older ? whole : { subkeys },
      identity: {
        publicKey: bytes(publicKey),
        keyPair: {
          publicKey: await crypto.subtle.importKey('raw', bytes(publicKey), 'X25519', true, []),
          privateKey: await crypto.subtle.importKey('pkcs8', bytes(privateKey), 'X25519', false, [
            'deriveBits',
          ]),
        },
      },
    };
    const open = indexedDB.open('bff-keys', 1);
    open.onupgradeneeded = () => open.result.createObjectStore('keys');
    await new Promise((resolve) => {
      open.onsuccess = resolve;
    });
    const saving = open.result.transaction('keys', 'readwrite');
    saving.objectStore('keys').put(held, 'held');
    await new Promise((resolve) => {
      saving.oncomplete = resolve;
    });
    open.result.close();
  }, raw);
}
