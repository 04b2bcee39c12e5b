import type { Bytes } from '../bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../bytes.ts';
import type { DraftContent, LetterContent, PhotoManifestEntry, SealedStationery } from './letter-types.ts';
import { padPadme, unpadPadme } from './padding.ts';
import { CryptoRefusal } from './refusal.ts';

/**
 * Media types of pictures only, nothing a browser would run: the author decides what the reader's
 * browser is told.
 */
export const photoMediaTypes: readonly string[] = [
  'image/webp',
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/avif',
];

/**
 * In px; no decoder's canvas is larger. Pages reserve the space a letter states before its photos
 * load.
 */
const MAX_SIDE = 16_384;

/** The characters of a letter's id, or of a name of paper, ink or handwriting. */
const MAX_NAME = 40;

/**
 * Encodes content as padded JSON. JSON escapes lone surrogates, so any text comes back exactly as
 * typed.
 * @throws CryptoRefusal `malformed` unless the content has the shape of a letter
 */
export function encodeContent(content: LetterContent): Bytes {
  return padPadme(encodeUtf8(JSON.stringify(requireContent(content))));
}

/**
 * Encodes a draft: the content of the future letter, and what is chosen for sending it. Older readers
 * ignore what they don't know.
 * @throws CryptoRefusal `malformed`
 */
export function encodeDraftContent({ to, arrival, stamp, ...content }: DraftContent): Bytes {
  // JSON leaves out what is undefined.
  return padPadme(encodeUtf8(JSON.stringify({ ...requireContent(content), to, arrival, stamp })));
}

function requireContent(content: LetterContent): LetterContent {
  const checked = readContent(content);
  if (checked === null) throw new CryptoRefusal('malformed', 'This is not the content of a letter.');
  return checked;
}

/**
 * The inverse of {@link encodeContent}.
 * @throws CryptoRefusal `damaged` for anything it wouldn't write.
 */
export function decodeContent(padded: Bytes): LetterContent {
  const content = readContent(parseJson(unpadPadme(padded)));
  if (content === null) throw new CryptoRefusal('damaged', 'This is not the content of a letter.');
  return content;
}

/**
 * The inverse of {@link encodeDraftContent}.
 * @throws CryptoRefusal `damaged` for anything it wouldn't write.
 */
export function decodeDraftContent(padded: Bytes): DraftContent {
  const content = decodeContent(padded);
  const { to, arrival, stamp } = parseJson(unpadPadme(padded)) as Record<string, unknown>;
  return {
    ...content,
    ...(to === null || typeof to === 'string' ? { to } : null),
    ...(isName(arrival) ? { arrival } : null),
    ...(isName(stamp) ? { stamp } : null),
  };
}

function parseJson(bytes: Bytes): unknown {
  try {
    return JSON.parse(decodeUtf8(bytes));
  } catch {
    return null;
  }
}

/** Copies only the known fields, or returns null: an author's client may be anyone's. */
function readContent(value: unknown): LetterContent | null {
  if (!isRecord(value)) return null;
  const { title, body, photos } = value;
  if (typeof title !== 'string' || typeof body !== 'string' || !Array.isArray(photos)) return null;
  const entries = photos.map(readPhoto);
  if (!entries.every((entry) => entry !== null)) return null;
  if (new Set(entries.map((entry) => entry.photoId)).size !== entries.length) return null;
  const stationery = readStationery(value.stationery);
  const inReplyTo = isName(value.inReplyTo) ? { inReplyTo: value.inReplyTo } : null;
  return { title, body, photos: entries, ...(stationery && { stationery }), ...inReplyTo };
}

/** Reads the stationery; null for none, or for what is none. */
function readStationery(value: unknown): SealedStationery | null {
  if (!isRecord(value)) return null;
  const { paper, ink, face } = value;
  return isName(paper) && isName(ink) && isName(face) ? { paper, ink, face } : null;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_NAME;
}

function readPhoto(value: unknown): PhotoManifestEntry | null {
  if (!isRecord(value)) return null;
  const { photoId, caption, alt, width, height, mediaType } = value;
  if (typeof photoId !== 'string' || photoId === '' || typeof caption !== 'string') return null;
  if (!isPixels(width) || !isPixels(height)) return null;
  if (typeof mediaType !== 'string' || !photoMediaTypes.includes(mediaType)) return null;
  const described = typeof alt === 'string' && alt !== '' ? { alt } : null;
  return { photoId, caption, ...described, width, height, mediaType };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isPixels(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0 && (value as number) <= MAX_SIDE;
}
