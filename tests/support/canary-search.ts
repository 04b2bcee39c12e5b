import { constants, inflateRawSync, inflateSync } from 'node:zlib';

/** Something that only its owner may ever see, by a name that says what it is. */
export interface Mark {
  name: string;
  secret: string | Uint8Array;
}

export interface Finding {
  mark: string;
  /** How the secret was written where it was found. */
  encoding: string;
}

interface Needle extends Finding {
  bytes: Buffer;
}

/** Shorter ones turn up by chance in megabytes of ciphertext. */
const SHORTEST = 8;
const DEEPEST = 3;

/**
 * Looks for the marks in anything, in every way of writing them that a leak could take.
 *
 * @param deepest how many times what is found packed is unpacked; 0 for memory, which is full of what only looks packed
 */
export function createCanarySearch(
  marks: Mark[],
  deepest = DEEPEST,
): (haystack: Uint8Array | string) => Finding[] {
  const needles = marks.flatMap(needlesOf);
  const index = indexByPrefix(needles);
  const search = (haystack: Buffer, depth: number): Finding[] => [
    ...findAll(haystack, index),
    ...(depth < deepest ? unpack(haystack).flatMap((inner) => search(inner, depth + 1)) : []),
  ];
  return (haystack) => {
    const found = search(typeof haystack === 'string' ? Buffer.from(haystack) : asBuffer(haystack), 0);
    const distinct = new Map(found.map(({ mark, encoding }) => [`${mark} ${encoding}`, { mark, encoding }]));
    return [...distinct.values()];
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function needlesOf({ name, secret }: Mark): Needle[] {
  const written = typeof secret === 'string' ? writingsOf(secret) : { bytes: Buffer.from(secret) };
  const needles = Object.entries(written).flatMap(([writing, bytes]) =>
    Object.entries(encodingsOf(bytes)).map(([encoding, encoded]) => ({
      mark: name,
      encoding: encoding === 'raw' ? writing : `${encoding} of ${writing}`,
      bytes: encoded,
    })),
  );
  const long = needles.filter(({ bytes }) => bytes.length >= SHORTEST);
  if (long.length === 0) throw new Error(`the mark ${name} is too short to be looked for`);
  const known = new Set<string>();
  return long.filter(({ bytes }) => {
    const key = bytes.toString('latin1');
    return known.has(key) ? false : known.add(key);
  });
}

/** A text as bytes, in the character sets and escapes of files, headers, pages and addresses. */
function writingsOf(text: string): Record<string, Buffer> {
  const html = (quote: string) =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", quote);
  const escaped = (write: (code: string) => string) =>
    [...JSON.stringify(text).slice(1, -1)]
      .map((character) =>
        character < '\u007f'
          ? character
          : character
              .split('')
              .map((unit) => `\\u${write(hexOf(unit))}`)
              .join(''),
      )
      .join('');
  const everyPercent = [...Buffer.from(text)]
    .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
    .join('');
  const texts: Record<string, string> = {
    'plain text': text,
    'lower case': text.toLowerCase(),
    'upper case': text.toUpperCase(),
    'decomposed text': text.normalize('NFD'),
    'an address': encodeURIComponent(text),
    'a form': new URLSearchParams({ x: text }).toString().slice(2),
    percents: everyPercent,
    'upper-case percents': everyPercent.toUpperCase(),
    JSON: JSON.stringify(text).slice(1, -1),
    'JSON twice': JSON.stringify(JSON.stringify(text)).slice(3, -3),
    'JSON in ASCII': escaped((code) => code),
    'JSON in upper-case ASCII': escaped((code) => code.toUpperCase()),
    HTML: html('&#x27;'),
    'HTML of mails': html('&#39;'),
  };
  return {
    ...Object.fromEntries(Object.entries(texts).map(([writing, value]) => [writing, Buffer.from(value)])),
    'Latin-1': Buffer.from(text, 'latin1'),
    'UTF-16LE': Buffer.from(text, 'utf16le'),
    'UTF-16BE': Buffer.from(text, 'utf16le').swap16(),
  };
}

const hexOf = (unit: string) => unit.charCodeAt(0).toString(16).padStart(4, '0');

/** Bytes as they are, and as text. Base64 looks different at each of three distances from its beginning. */
function encodingsOf(bytes: Buffer): Record<string, Buffer> {
  const encodings: Record<string, Buffer> = {
    raw: bytes,
    hex: Buffer.from(bytes.toString('hex')),
    'upper-case hex': Buffer.from(bytes.toString('hex').toUpperCase()),
    'a list of numbers': Buffer.from([...bytes].join(',')),
  };
  for (const before of [0, 1, 2]) {
    const base64 = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // The first and last characters also carry bits of what stands beside.
    const from = [0, 2, 3][before] ?? 0;
    const inner = base64.slice(from, Math.floor(((before + bytes.length) * 8) / 6));
    encodings[`base64 after ${before}`] = Buffer.from(inner);
    encodings[`base64url after ${before}`] = Buffer.from(inner.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return encodings;
}

interface NeedleIndex {
  /** Which two first bytes any needle has. */
  pairs: Uint8Array;
  byPrefix: Map<number, Needle[]>;
}

function indexByPrefix(needles: Needle[]): NeedleIndex {
  const pairs = new Uint8Array(65_536);
  const byPrefix = new Map<number, Needle[]>();
  for (const needle of needles) {
    pairs[needle.bytes.readUInt16BE(0)] = 1;
    const prefix = needle.bytes.readUInt32BE(0);
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), needle]);
  }
  return { pairs, byPrefix };
}

/** One pass over the haystack for all needles together. */
function findAll(haystack: Buffer, { pairs, byPrefix }: NeedleIndex): Finding[] {
  const found: Finding[] = [];
  for (let at = 0; at + SHORTEST <= haystack.length; at += 1) {
    const pair = ((haystack[at] ?? 0) << 8) | (haystack[at + 1] ?? 0);
    if (!pairs[pair]) continue;
    for (const { bytes, mark, encoding } of byPrefix.get(haystack.readUInt32BE(at)) ?? []) {
      const end = at + bytes.length;
      if (end > haystack.length) continue;
      if (haystack.compare(bytes, 0, bytes.length, at, end) === 0) found.push({ mark, encoding });
    }
  }
  return found;
}

/** What is packed inside, wherever it begins and however it ends. */
function unpack(haystack: Buffer): Buffer[] {
  const loose = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 50_000_000 };
  const inner: Buffer[] = [];
  for (let at = 0; at + 2 < haystack.length; at += 1) {
    const first = haystack[at];
    const isGzip = first === 0x1f && haystack[at + 1] === 0x8b && haystack[at + 2] === 8;
    // RFC 1950: window and method, then a check that makes both bytes a multiple of 31.
    const isZlib = first === 0x78 && haystack.readUInt16BE(at) % 31 === 0;
    if (!isGzip && !isZlib) continue;
    try {
      const packed = haystack.subarray(isGzip ? at + gzipHeaderOf(haystack, at) : at);
      const unpacked = isGzip ? inflateRawSync(packed, loose) : inflateSync(packed, loose);
      if (unpacked.length > SHORTEST) inner.push(unpacked);
    } catch {
      // Not packed after all.
    }
  }
  return inner;
}

/** Length of a gzip header (RFC 1952, 2.3). Node's own gunzip refuses what is followed by anything else. */
function gzipHeaderOf(haystack: Buffer, at: number): number {
  const flags = haystack[at + 3] ?? 0;
  let length = 10;
  if (flags & 4) length += 2 + haystack.readUInt16LE(at + length);
  for (const name of [8, 16]) {
    if (flags & name) length = haystack.indexOf(0, at + length) + 1 - at;
  }
  return flags & 2 ? length + 2 : length;
}
