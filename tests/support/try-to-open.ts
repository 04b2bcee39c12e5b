import { createDecipheriv } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { type Bytes, concatBytes, encodeUtf8, fromHex } from '#core/bytes.ts';
import { hkdfBytes, importHkdfKey } from '#core/crypto/hkdf.ts';
import type { Database } from '#server/db/client.ts';

/** Something that was stored, and where. */
export interface StoredValue {
  place: string;
  bytes: Bytes;
}

/** Every binary value of every collection, and every text that is hex, as the bytes it stands for. */
export async function storedValues(db: Database): Promise<StoredValue[]> {
  const values: StoredValue[] = [];
  for (const [collection, documents] of Object.entries(db.orm)) {
    const rows = await (documents as { all(): { toArray(): Promise<Record<string, unknown>[]> } })
      .all()
      .toArray();
    for (const row of rows) {
      for (const [field, value] of Object.entries(row)) {
        const place = `${collection}.${field}`;
        const texts = Array.isArray(value) ? value : [value];
        if (value instanceof Uint8Array) values.push({ place, bytes: new Uint8Array(value) });
        for (const text of texts) {
          if (typeof text !== 'string') continue;
          if (/^([0-9a-f]{2}){12,}$/.test(text)) values.push({ place, bytes: fromHex(text) });
          else values.push({ place, bytes: encodeUtf8(text) });
        }
      }
    }
  }
  return values;
}

/** Every purpose for which the source derives a key, read out of the source. */
export async function purposesInSource(): Promise<string[]> {
  const purposes = new Set<string>();
  for (const folder of ['core', 'server']) {
    for (const file of await readdir(folder, { recursive: true })) {
      if (!file.endsWith('.ts')) continue;
      const text = await readFile(`${folder}/${file}`, 'utf8');
      for (const [purpose] of text.matchAll(/bff\/v1\/[a-z-]+(?:\/[a-z-]+)?/g)) purposes.add(purpose);
      for (const [, name] of text.matchAll(/PURPOSE = '([a-z-]+)'/g)) purposes.add(`bff/v1/self/${name}`);
    }
  }
  return [...purposes];
}

export interface Prize {
  name: string;
  bytes: Bytes;
}

/** As much of a stored value as is tried; what is sealed begins with what it is about. */
const MUCH = 1_024;

/**
 * Tries every key on every stored value, and says which of the prizes came out. The tag of AES-GCM is not looked at, nor
 * what else is authenticated: under the right key the plaintext comes out whatever the place it was bound to (SP 800-38D,
 * 6.5: counter mode, from the block after the nonce's).
 */
export async function tryToOpen(
  values: StoredValue[],
  secrets: Bytes[],
  purposes: string[],
  prizes: Prize[],
): Promise<{ tries: number; opened: Set<string> }> {
  const opened = new Set<string>();
  let tries = 0;
  const sealed = values.filter(({ bytes }) => bytes[0] === 1 && bytes.length > 29);
  const heads = sealed.map(({ place, bytes }) => ({ place, head: bytes.subarray(0, MUCH) }));
  for (const secret of secrets) {
    const base = await importHkdfKey(secret);
    const keys = await Promise.all(purposes.map((purpose) => hkdfBytes(base, encodeUtf8(purpose), 32)));
    if (secret.length === 32) keys.push(secret);
    for (const key of keys) {
      for (const { place, head } of heads) {
        tries += 1;
        const counter = concatBytes(head.subarray(1, 13), Uint8Array.of(0, 0, 0, 2));
        const plain = createDecipheriv('aes-256-ctr', key, counter).update(head.subarray(13));
        for (const { name, bytes } of prizes)
          if (plain.includes(Buffer.from(bytes))) opened.add(`${name} in ${place}`);
      }
    }
  }
  return { tries, opened };
}
