/** A file's kind by its bytes; its name and claimed type don't count. */
export type PhotoKind =
  | 'jpeg'
  | 'png'
  | 'gif'
  | 'webp'
  | 'avif'
  | 'heic'
  | 'tiff'
  | 'film'
  | 'document'
  | 'empty'
  | 'unknown';

/** Programs look this far for the beginning of HTML, PDF or PHP. */
export const HEAD_BYTES = 1024;

/** Beginnings of files that other programs might run or render. */
const DOCUMENT_MARKS = /%pdf-|<!doctype|<html|<head|<body|<script|<iframe|<svg[\s>]|<\?(?:php|xml)/i;

const HEIC_BRANDS = /hei[cxms]|hev[cxms]|mif1|msf1/;
const AVIF_BRANDS = /avi[fs]/;

/**
 * Recognises a file's kind by its magic bytes. A photo's comment may contain anything, even a web
 * page: it is lost when the photo is re-encoded.
 */
export function sniffPhoto(bytes: Uint8Array): PhotoKind {
  if (bytes.length === 0) return 'empty';
  const head = latin1(bytes.subarray(0, HEAD_BYTES));
  const kind = kindOfMagic(head);
  return kind === 'unknown' && DOCUMENT_MARKS.test(head) ? 'document' : kind;
}

function kindOfMagic(head: string): PhotoKind {
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return 'webp';
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'tiff';
  if (head.startsWith('ftyp', 4)) return kindOfBrands(head);
  return 'unknown';
}

/** Recognises ISO base media files (ISO/IEC 14496-12, 4.3) by the brands in their first box. */
function kindOfBrands(head: string): PhotoKind {
  const boxEnd = (head.charCodeAt(2) << 8) | head.charCodeAt(3);
  const brands = head.slice(8, 12) + head.slice(16, Math.min(boxEnd, HEAD_BYTES));
  const each = brands.match(/[\s\S]{4}/g) ?? [];
  if (each.some((brand) => AVIF_BRANDS.test(brand))) return 'avif';
  return each.some((brand) => HEIC_BRANDS.test(brand)) ? 'heic' : 'film';
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
