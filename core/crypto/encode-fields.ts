import type { Bytes } from '../bytes.ts';
import { concatBytes, encodeUtf8 } from '../bytes.ts';
import { CryptoRefusal } from './refusal.ts';

export type Field = string | number | Bytes;

const TAG_TEXT = 0x73; // 's'
const TAG_INTEGER = 0x6e; // 'n'
const TAG_BYTES = 0x62; // 'b'

/**
 * Encodes everything that is bound but not sent (associated data, hashes), canonically.
 *
 * Each field is `tag (1) ‖ length (4, big-endian) ‖ content`. Text is UTF-8, an integer is 8 bytes
 * big-endian, bytes are themselves. Since tag and length come first, different lists of fields
 * never encode alike: ("ab","c") differs from ("a","bc"), 1 from "1". A nested list is preceded by
 * its count.
 * @throws CryptoRefusal `malformed` for a number that isn't a safe integer ≥ 0, and for text with a
 *   lone surrogate, which UTF-8 can't tell from U+FFFD
 */
export function encodeFields(label: string, ...fields: Field[]): Bytes {
  return concatBytes(...[label, ...fields].map(encodeField));
}

function encodeField(field: Field): Bytes {
  if (typeof field === 'string') {
    if (/\p{Cs}/u.test(field)) throw new CryptoRefusal('malformed', 'A bound text holds a lone surrogate.');
    return prefixed(TAG_TEXT, encodeUtf8(field));
  }
  if (typeof field === 'number') {
    if (!Number.isSafeInteger(field) || field < 0) {
      throw new CryptoRefusal('malformed', 'A bound number is not a safe integer.');
    }
    const content = new Uint8Array(8);
    new DataView(content.buffer).setBigUint64(0, BigInt(field));
    return prefixed(TAG_INTEGER, content);
  }
  if (field instanceof Uint8Array) return prefixed(TAG_BYTES, field);
  throw new CryptoRefusal('malformed', 'A bound field is neither text, number nor bytes.');
}

function prefixed(tag: number, content: Bytes): Bytes {
  const head = new Uint8Array(5);
  head[0] = tag;
  new DataView(head.buffer).setUint32(1, content.length);
  return concatBytes(head, content);
}
