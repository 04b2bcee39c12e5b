import type { Bytes } from '../bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../bytes.ts';
import type { DraftContent, LetterContent, PhotoManifestEntry } from './letter-types.ts';
import { padPadme, unpadPadme } from './padding.ts';
import { CryptoRefusal } from './refusal.ts';

/** A picture and nothing that a browser would run: the author's word decides what the reader's browser is told. */
export const photoMediaTypes: readonly string[] = [
  'image/webp',
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/avif',
];

/** No decoder's canvas is longer, in px; a page keeps as much room as a letter says before its photos are there. */
const MAX_SIDE = 16_384;

/**
 * Content as padded JSON. JSON escapes lone surrogates, so that any text comes back exactly as it was typed.
 * @throws CryptoRefusal `malformed` when the content has not the shape of a letter.
 */
export function encodeContent(content: LetterContent): Bytes {
  return padPadme(encodeUtf8(JSON.stringify(requireContent(content))));
}

/**
 * Content of a draft: that of the letter it will be, and the friend it is for. Readers that know no friend leave it out.
 * @throws CryptoRefusal `malformed`.
 */
export function encodeDraftContent({ to, ...content }: DraftContent): Bytes {
  const checked = requireContent(content);
  return padPadme(encodeUtf8(JSON.stringify(to === undefined ? checked : { ...checked, to })));
}

function requireContent(content: LetterContent): LetterContent {
  const checked = readContent(content);
  if (checked === null) throw new CryptoRefusal('malformed', 'This is not the content of a letter.');
  return checked;
}

/** @throws CryptoRefusal `damaged` for anything {@link encodeContent} would not write. */
export function decodeContent(padded: Bytes): LetterContent {
  const content = readContent(parseJson(unpadPadme(padded)));
  if (content === null) throw new CryptoRefusal('damaged', 'This is not the content of a letter.');
  return content;
}

/** @throws CryptoRefusal `damaged` for anything {@link encodeDraftContent} would not write. */
export function decodeDraftContent(padded: Bytes): DraftContent {
  const content = decodeContent(padded);
  const { to } = parseJson(unpadPadme(padded)) as { to?: unknown };
  return to === null || typeof to === 'string' ? { ...content, to } : content;
}

function parseJson(bytes: Bytes): unknown {
  try {
    return JSON.parse(decodeUtf8(bytes));
  } catch {
    return null;
  }
}

/** Copies exactly the known fields, or null: an author's client may be anyone's. */
function readContent(value: unknown): LetterContent | null {
  if (!isRecord(value)) return null;
  const { title, body, photos } = value;
  if (typeof title !== 'string' || typeof body !== 'string' || !Array.isArray(photos)) return null;
  const entries = photos.map(readPhoto);
  if (!entries.every((entry) => entry !== null)) return null;
  if (new Set(entries.map((entry) => entry.photoId)).size !== entries.length) return null;
  return { title, body, photos: entries };
}

function readPhoto(value: unknown): PhotoManifestEntry | null {
  if (!isRecord(value)) return null;
  const { photoId, caption, width, height, mediaType } = value;
  if (typeof photoId !== 'string' || photoId === '' || typeof caption !== 'string') return null;
  if (!isPixels(width) || !isPixels(height)) return null;
  if (typeof mediaType !== 'string' || !photoMediaTypes.includes(mediaType)) return null;
  return { photoId, caption, width, height, mediaType };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isPixels(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0 && (value as number) <= MAX_SIDE;
}
