import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createCanarySearch } from '#tests/support/canary-search.ts';

/** No run of it is long enough to be found by itself, so that each encoding has to be understood. */
const text = `Kä"f<g'ö&\nü>ß`;
const bytes = new Uint8Array([...Array(32)].map((_, n) => (n * 73 + 11) % 256));
const search = createCanarySearch([
  { name: 'the text', secret: text },
  { name: 'the bytes', secret: bytes },
]);
const marksIn = (haystack: Uint8Array | string) => [...new Set(search(haystack).map(({ mark }) => mark))];

/** Written with other means than the search's own, so that a mistake in it shows. */
const utf16be = (value: string) => {
  const view = new DataView(new ArrayBuffer(value.length * 2));
  for (let n = 0; n < value.length; n += 1) view.setUint16(n * 2, value.charCodeAt(n));
  return Buffer.from(view.buffer);
};
const textAs: Record<string, (value: string) => Uint8Array | string> = {
  'as it is': (value) => value,
  'in lower case': (value) => value.toLowerCase(),
  'in upper case': (value) => value.toUpperCase(),
  decomposed: (value) => value.normalize('NFD'),
  'in an address': (value) => `https://x/?q=${encodeURIComponent(value)}&z=1`,
  'in a form': (value) =>
    new URLSearchParams([
      ['a', 'b'],
      ['q', value],
    ]).toString(),
  'in JSON': (value) => JSON.stringify({ q: [value] }),
  'in JSON inside of JSON': (value) => JSON.stringify(JSON.stringify({ q: value })),
  'in ASCII JSON': (value) =>
    JSON.stringify(value).replace(
      /[^ -~]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  'in HTML': (value) =>
    value.replace(
      /[&<>"']/g,
      (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? '&#x27;',
    ),
  'in Latin-1': (value) => Buffer.from(value, 'latin1'),
  'in UTF-16LE': (value) => Buffer.from(`x${value}`, 'utf16le'),
  'in UTF-16BE': utf16be,
};
const bytesAs: Record<string, (value: Buffer) => Uint8Array | string> = {
  'as they are': (value) => value,
  'in base64': (value) => value.toString('base64'),
  'in base64 after one byte': (value) => Buffer.concat([Buffer.from('x'), value]).toString('base64'),
  'in base64 after two bytes': (value) =>
    Buffer.concat([Buffer.from('xy'), value, Buffer.from('z')]).toString('base64'),
  'in base64 after many': (value) =>
    Buffer.concat([Buffer.alloc(1_000, 7), value, Buffer.alloc(99)]).toString('base64'),
  'in base64url': (value) => Buffer.concat([Buffer.from('x'), value]).toString('base64url'),
  'in hex': (value) => value.toString('hex'),
  'in upper-case hex': (value) => value.toString('hex').toUpperCase(),
  'as a list of numbers': (value) => JSON.stringify(value),
  'packed with gzip': (value) => gzipSync(Buffer.concat([Buffer.alloc(500, 1), value])),
  'packed with zlib': (value) => deflateSync(value),
  'packed twice': (value) => gzipSync(deflateSync(Buffer.concat([value, Buffer.alloc(300)]))),
  'packed in the middle of a file': (value) =>
    Buffer.concat([Buffer.alloc(4_096, 3), gzipSync(value), Buffer.alloc(4_096, 4)]),
};

describe('the search for what must not be found', () => {
  it.each(Object.entries(textAs))('finds a text %s', (_, write) => {
    const haystack = Buffer.concat([Buffer.from('before '), Buffer.from(write(text)), Buffer.from(' after')]);
    expect(marksIn(haystack)).toEqual(['the text']);
  });

  it.each(Object.entries(bytesAs))('finds bytes %s, and a text in the same way', (_, write) => {
    expect(marksIn(write(Buffer.from(bytes)))).toEqual(['the bytes']);
    expect(marksIn(write(Buffer.from(text)))).toEqual(['the text']);
  });

  it('finds a text that was written twice: UTF-16 in base64, JSON in gzip, an address in hex', () => {
    expect(marksIn(Buffer.from(text, 'utf16le').toString('base64'))).toEqual(['the text']);
    expect(marksIn(gzipSync(JSON.stringify({ q: text })))).toEqual(['the text']);
    expect(marksIn(Buffer.from(encodeURIComponent(text)).toString('hex'))).toEqual(['the text']);
  });

  it('finds several, and says how each was written', () => {
    const found = search(`${text} ${Buffer.from(bytes).toString('hex')}`);
    expect(found).toEqual(
      expect.arrayContaining([
        { mark: 'the text', encoding: 'plain text' },
        { mark: 'the bytes', encoding: 'hex of bytes' },
      ]),
    );
  });

  it('finds what stands at the very beginning and at the very end', () => {
    expect(marksIn(text)).toEqual(['the text']);
    expect(marksIn(Buffer.concat([Buffer.alloc(10), bytes]))).toEqual(['the bytes']);
    expect(marksIn(bytes)).toEqual(['the bytes']);
  });

  it('finds nothing where there is nothing: in noise, in parts of a mark, in a mark changed by one bit', () => {
    const noise = Buffer.alloc(2_000_000);
    for (let n = 0, state = 1; n < noise.length; n += 1) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      noise[n] = state >>> 16;
    }
    expect(search(noise)).toEqual([]);
    expect(search(bytes.subarray(0, 20))).toEqual([]);
    expect(search(bytes.map((byte, n) => (n === 16 ? byte ^ 1 : byte)))).toEqual([]);
    expect(search('')).toEqual([]);
  });

  it('refuses a mark that is too short to mean anything', () => {
    expect(() => createCanarySearch([{ name: 'short', secret: new Uint8Array(1) }])).toThrow('too short');
  });
});
