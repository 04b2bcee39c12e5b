import { describe, expect, test } from 'vitest';
import { createPacker } from '#app/http/pack-chunks.server.ts';
import { concatBytes } from '#core/bytes.ts';

/** Pieces as they come from a network, each with bytes of its own. */
const piecesOf = (count: number, bytes: number) =>
  Array.from({ length: count }, (_, n) => new Uint8Array(bytes).fill(n));

describe('chunks of a body that is kept', () => {
  test('come out as they went in, one for one', () => {
    const pack = createPacker();
    for (const pieces of [piecesOf(250, 10_007), piecesOf(3, 0), piecesOf(40, 65_536)]) {
      const packed = pieces.map(pack);
      expect(packed.map(({ length }) => length)).toEqual(pieces.map(({ length }) => length));
      expect(Buffer.compare(concatBytes(...packed), concatBytes(...pieces))).toBe(0);
    }
  });

  test('lie together in few pieces of memory, and none of the old ones is kept', () => {
    const pieces = piecesOf(640, 10_000);
    const packed = pieces.map(createPacker());
    expect(new Set(packed.map(({ buffer }) => buffer)).size).toBe(7);
    const old = new Set<ArrayBufferLike>(pieces.map(({ buffer }) => buffer));
    expect(packed.some(({ buffer }) => old.has(buffer))).toBe(false);
  });

  test('stay where they are when they are large themselves', () => {
    const large = new Uint8Array(2_000_000);
    expect(createPacker()(large)).toBe(large);
  });
});
