import type { Bytes } from '../bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../bytes.ts';
import { damaged, openWithSubkey, sealWithSubkey } from './aead.ts';
import type { MasterKey } from './master-key.ts';
import { padTo, unpad } from './padding.ts';

const PURPOSE_HEADING = 'bff/v1/heading';
const HEADING_BYTES = 512;
const TEXT_BYTES = HEADING_BYTES - 4;

export type HeadingRef = { letterId: string; userId: string };

/**
 * Seals a title for its owner's lists, so that a page of letters needs no payloads. Every heading
 * has the same size (512 bytes before sealing). A title that doesn't fit is cut with an ellipsis;
 * no title of 80 code points is that long.
 */
export async function sealHeading(masterKey: MasterKey, ref: HeadingRef, title: string): Promise<Bytes> {
  const padded = padTo(encodeFitting(title), HEADING_BYTES);
  return sealWithSubkey(masterKey, PURPOSE_HEADING, [ref.letterId, ref.userId], padded);
}

/**
 * The inverse of {@link sealHeading}.
 * @throws CryptoRefusal `damaged` for another key, letter or user; `unknown-suite`.
 */
export async function openHeading(masterKey: MasterKey, ref: HeadingRef, sealed: Bytes): Promise<string> {
  const padded = await openWithSubkey(masterKey, PURPOSE_HEADING, [ref.letterId, ref.userId], sealed);
  if (padded.length !== HEADING_BYTES) throw damaged();
  try {
    return decodeUtf8(unpad(padded));
  } catch {
    throw damaged();
  }
}

function encodeFitting(title: string): Bytes {
  const whole = encodeUtf8(title);
  if (whole.length <= TEXT_BYTES) return whole;
  let kept = '';
  let size = encodeUtf8('…').length;
  for (const character of title) {
    size += encodeUtf8(character).length;
    if (size > TEXT_BYTES) break;
    kept += character;
  }
  return encodeUtf8(`${kept}…`);
}
