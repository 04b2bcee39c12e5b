import type { Bytes } from '../bytes.ts';
import { damaged } from './aead.ts';
import { CryptoRefusal } from './refusal.ts';

const LENGTH_BYTES = 4;
const SMALLEST_BYTES = 1024;

/**
 * Returns the Padmé length (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and
 * Communication with PURBs", 2019, §4). It leaks O(log log n) bits of the length for at most 12 %
 * more bytes. The minimum here is 1 KiB, so that short letters look alike.
 */
export function padmeLength(length: number): number {
  if (length <= SMALLEST_BYTES) return SMALLEST_BYTES;
  const step = padmeStep(length);
  return Math.ceil(length / step) * step;
}

/**
 * Returns the most content, in bytes, that {@link padPadme} pads to at most `padded` bytes (at
 * least 1 KiB).
 */
export function maxPaddedContent(padded: number): number {
  const step = padmeStep(padded);
  return Math.floor(padded / step) * step - LENGTH_BYTES;
}

function padmeStep(length: number): number {
  const exponent = Math.floor(Math.log2(length));
  const significant = Math.floor(Math.log2(exponent)) + 1;
  return 2 ** (exponent - significant);
}

/** Pads to the Padmé length: `length (4, big-endian) ‖ content ‖ zeros`. */
export function padPadme(content: Bytes): Bytes {
  return padTo(content, padmeLength(LENGTH_BYTES + content.length));
}

/** The inverse of {@link padPadme}. @throws CryptoRefusal `damaged` for bytes it wouldn't make. */
export function unpadPadme(padded: Bytes): Bytes {
  const content = unpad(padded);
  if (padmeLength(LENGTH_BYTES + content.length) !== padded.length) throw damaged();
  return content;
}

/**
 * Pads to a fixed size, in the same form.
 * @throws CryptoRefusal `malformed` if the content doesn't fit.
 */
export function padTo(content: Bytes, size: number): Bytes {
  if (LENGTH_BYTES + content.length > size) throw new CryptoRefusal('malformed', 'Too long to be padded.');
  const padded = new Uint8Array(size);
  new DataView(padded.buffer).setUint32(0, content.length);
  padded.set(content, LENGTH_BYTES);
  return padded;
}

/**
 * The inverse of {@link padTo}.
 * @throws CryptoRefusal `damaged` for a wrong length or anything but zeros after the content.
 */
export function unpad(padded: Bytes): Bytes {
  if (padded.length < LENGTH_BYTES) throw damaged();
  const length = new DataView(padded.buffer, padded.byteOffset, LENGTH_BYTES).getUint32(0);
  const end = LENGTH_BYTES + length;
  if (end > padded.length || padded.subarray(end).some((byte) => byte !== 0)) throw damaged();
  return padded.slice(LENGTH_BYTES, end);
}
