import { describe, expect, it } from 'vitest';
import {
  concatBytes,
  decodeUtf8,
  encodeUtf8,
  equalBytes,
  fromBase64Url,
  fromHex,
  randomBytes,
  toBase64Url,
  toHex,
} from '#core/bytes.ts';
import { formatFriendCode, isCutOffCode, isId, newFriendCode, newId, normalizeFriendCode } from '#core/id.ts';

describe('bytes', () => {
  it('go through hex and base64url and come back, at every length', () => {
    for (let length = 0; length <= 100; length += 1) {
      const bytes = randomBytes(length);
      expect(toHex(fromHex(toHex(bytes)))).toBe(Buffer.from(bytes).toString('hex'));
      expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      expect(toHex(fromBase64Url(toBase64Url(bytes)))).toBe(toHex(bytes));
    }
    const large = new Uint8Array(200_000).fill(0xfe);
    expect(toBase64Url(large)).toBe(Buffer.from(large).toString('base64url'));
  });

  it.each(['0', 'zz', '0g', ' 00', '00 ', '0x00', '00\n'])('are not read from the hex %j', (text) => {
    expect(() => fromHex(text)).toThrow(RangeError);
  });

  it.each(['A', 'AA=', 'AA==', 'AB', 'AAB', 'A A', 'AA\n', 'a+b/', 'é', 'AAAAA'])(
    'are not read from the base64url %j',
    (text) => {
      expect(() => fromBase64Url(text)).toThrow(RangeError);
    },
  );

  it('are text only when they are UTF-8, and keep a byte-order mark', () => {
    expect(decodeUtf8(encodeUtf8('\ufeffä🐈'))).toBe('\ufeffä🐈');
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) {
      expect(() => decodeUtf8(new Uint8Array(bytes))).toThrow(TypeError);
    }
  });

  it('are equal only as a whole', () => {
    const bytes = fromHex('000102');
    expect(equalBytes(bytes, fromHex('000102'))).toBe(true);
    expect(equalBytes(new Uint8Array(0), new Uint8Array(0))).toBe(true);
    for (const other of ['000103', '800102', '0001', '00010200', '']) {
      expect(equalBytes(bytes, fromHex(other))).toBe(false);
    }
  });

  it('are joined in order into a new array', () => {
    const part = fromHex('0102');
    const joined = concatBytes(part, new Uint8Array(0), fromHex('03'));
    joined[0] = 9;
    expect(toHex(joined)).toBe('090203');
    expect(toHex(part)).toBe('0102');
  });
});

describe('ids', () => {
  it('are 24 lowercase hex digits and do not repeat', () => {
    const ids = Array.from({ length: 2000 }, newId);
    expect(ids.every(isId)).toBe(true);
    expect(new Set(ids).size).toBe(2000);
  });

  it.each<unknown>([
    '',
    'A'.repeat(24),
    'a'.repeat(23),
    `${'a'.repeat(24)}\n`,
    'g'.repeat(24),
    7,
    null,
    ['a'.repeat(24)],
  ])('are not %j', (value) => {
    expect(isId(value)).toBe(false);
  });
});

describe('friend codes', () => {
  it('are ten of 32 characters, each about as often as the others, and do not repeat', () => {
    const codes = Array.from({ length: 3200 }, newFriendCode);
    const counts = new Map<string, number>();
    for (const character of codes.join('')) counts.set(character, (counts.get(character) ?? 0) + 1);
    expect([...counts.keys()].sort().join('')).toBe('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
    // 1,000 expected of each with a deviation of 31: ten of those is out of the question.
    expect([...counts.values()].every((count) => count > 690 && count < 1310)).toBe(true);
    expect(new Set(codes).size).toBe(3200);
  });

  it('are shown in two halves and read back', () => {
    for (const code of Array.from({ length: 100 }, newFriendCode)) {
      expect(formatFriendCode(code)).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
      expect(normalizeFriendCode(formatFriendCode(code))).toBe(code);
    }
  });

  it.each([
    ['0123456789', '0123456789'],
    ['abcde-fghjk', 'ABCDEFGHJK'],
    [' abcde fghjk ', 'ABCDEFGHJK'],
    ['ABCDE–FGHJK', 'ABCDEFGHJK'],
    ['OoIiL-l0000', '0011110000'],
    ['ａｂｃｄｅｆｇｈｊｋ', 'ABCDEFGHJK'],
    [' https://letters.example.test/friends/add/ABCDE-FGHJK\n', 'ABCDEFGHJK'],
    ['http://localhost:3000/friends/add/abcdefghjk', 'ABCDEFGHJK'],
  ])('are forgiving: %j', (typed, code) => {
    expect(normalizeFriendCode(typed)).toBe(code);
  });

  it.each([
    '',
    'ABCDE',
    'ABCDEFGHJKM',
    'ABCDE-FGHJU',
    'ABCDE/FGHJK',
    'https://letters.example.test/friends/ABCDE-FGHJK',
    'https://letters.example.test/friends/add/',
    '../../etc/x',
    'ABCDEFGHJ\u0000',
    '-'.repeat(100_000),
  ])('are not %j', (typed) => {
    expect(normalizeFriendCode(typed)).toBeNull();
  });

  it('is cut off where its beginning is all there is', () => {
    for (const text of ['', '7', '7KQ2M', '7KQ2M-', '7kq2m-x4r9', 'https://bff.test/friends/add/7KQ2M-X4'])
      expect([text, isCutOffCode(text)]).toEqual([text, true]);
    for (const text of ['7KQ2M-X4R9T', '7KQ2M-X4R9TT', 'nobody!', '7KQ2M-U', ' '.repeat(301)])
      expect([text, isCutOffCode(text)]).toEqual([text, false]);
  });
});
