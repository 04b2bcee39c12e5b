import { describe, expect, it } from 'vitest';
import { type Bytes, encodeUtf8, toHex } from '#core/bytes.ts';
import { encodeFields, type Field } from '#core/crypto/encode-fields.ts';
import { padmeLength, padPadme, padTo, unpad, unpadPadme } from '#core/crypto/padding.ts';
import { damaged, withFlippedByte } from '#tests/support/crypto-people.ts';
import { randomText, seededRandom } from '#tests/support/random-text.ts';

describe('the canonical encoding', () => {
  it('is tag, length and content of each field', () => {
    expect(toHex(encodeFields('ab', 1, new Uint8Array([0xff]), ''))).toBe(
      `73${'00000002'}6162` + `6e${'00000008'}0000000000000001` + `62${'00000001'}ff` + `73${'00000000'}`,
    );
  });

  it('never encodes two different lists alike', () => {
    const lists: [string, ...Field[]][] = [
      ['a'],
      ['a', ''],
      ['a', '', ''],
      ['a', 'bc'],
      ['a', 'b', 'c'],
      ['a', 'bc', ''],
      ['ab', 'c'],
      ['a', 1],
      ['a', '1'],
      ['a', 1, 1],
      ['a', 11],
      ['a', 256],
      ['a', encodeUtf8('1')],
      ['a', encodeUtf8('bc')],
      ['a', encodeFields('bc')],
      ['a', 'bc\u0000'],
      ['a', Number.MAX_SAFE_INTEGER],
      ['a', 'é'],
      ['a', 'e\u0301'],
      ['a', '\ufffd'],
    ];
    const encoded = lists.map(([label, ...fields]) => toHex(encodeFields(label, ...fields)));
    expect(new Set(encoded).size).toBe(lists.length);
  });

  it('can be read back, so that it is unambiguous (200 lists from a fixed seed)', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = seededRandom(seed);
      const fields = Array.from({ length: Math.floor(random() * 6) }, (): Field => {
        const text = randomText(random, 5).replace(/\p{Cs}/gu, '');
        if (random() < 0.3) return Math.floor(random() * Number.MAX_SAFE_INTEGER);
        return random() < 0.5 ? text : encodeUtf8(text);
      });
      expect(decodeFields(encodeFields('label', ...fields))).toEqual(['label', ...fields]);
    }
  });

  it.each<[string, unknown]>([
    ['half a character', '\ud800'],
    ['a negative number', -1],
    ['a fraction', 0.5],
    ['a number beyond safe integers', 2 ** 53],
    ['no number', Number.NaN],
    ['nothing', undefined],
    ['null', null],
    ['a list', ['a']],
    ['a date', new Date()],
  ])('refuses %s', (_what, field) => {
    expect(() => encodeFields('label', field as Field)).toThrow(
      expect.objectContaining({ name: 'CryptoRefusal', reason: 'malformed' }),
    );
  });
});

/** An independent reading of the documented format. */
function decodeFields(encoded: Bytes): Field[] {
  const fields: Field[] = [];
  const view = new DataView(encoded.buffer);
  for (let offset = 0; offset < encoded.length; ) {
    const tag = String.fromCharCode(view.getUint8(offset));
    const length = view.getUint32(offset + 1);
    const content = encoded.slice(offset + 5, offset + 5 + length);
    if (tag === 's') fields.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(content));
    else if (tag === 'n') fields.push(Number(view.getBigUint64(offset + 5)));
    else fields.push(content);
    offset += 5 + length;
  }
  return fields;
}

describe('padding', () => {
  it('follows Padmé from 1 KiB on: at most 12 % more, few different sizes', () => {
    expect([0, 1, 1024].map(padmeLength)).toEqual([1024, 1024, 1024]);
    // Lengths whose bits after the first five are cleared, rounded up: 1025 → 1088 in steps of 64.
    expect([1025, 1088, 1089, 100_000].map(padmeLength)).toEqual([1088, 1088, 1152, 100_352]);
    const sizes = new Set<number>();
    for (let length = 1025; length <= 200_000; length += 1) {
      const padded = padmeLength(length);
      sizes.add(padded);
      if (padded < length || padded > length * 1.12) throw new Error(`${length} → ${padded}`);
    }
    expect(sizes.size).toBeLessThan(250);
  });

  it('comes off again at every length', () => {
    for (const length of [0, 1, 1019, 1020, 1021, 1084, 1085, 5000, 100_000]) {
      const content = new Uint8Array(length).fill(0x80);
      expect(toHex(unpadPadme(padPadme(content)))).toBe(toHex(content));
    }
  });

  it('is refused in any other form than it was put on', () => {
    const padded = padPadme(encodeUtf8('hello'));
    const refused: [string, Bytes][] = [
      ['a byte after the content', withFlippedByte(padded, 9, 1)],
      ['the last byte', withFlippedByte(padded, padded.length - 1, 1)],
      ['a length beyond the end', withFlippedByte(padded, 0, 0xff)],
      ['a shorter length', withFlippedByte(padded, 3, 1)],
      ['cut off', padded.slice(0, 1023)],
      ['longer than needed', padTo(encodeUtf8('hello'), 2048)],
      ['nothing', new Uint8Array(0)],
      ['less than a length', new Uint8Array(3)],
    ];
    for (const [what, bytes] of refused) {
      expect(() => unpadPadme(bytes), what).toThrow(expect.objectContaining(damaged));
    }
  });

  it('to a fixed size holds what fits and refuses more', () => {
    expect(toHex(unpad(padTo(new Uint8Array(508).fill(1), 512)))).toBe('01'.repeat(508));
    expect(() => padTo(new Uint8Array(509), 512)).toThrow(expect.objectContaining({ reason: 'malformed' }));
  });
});
