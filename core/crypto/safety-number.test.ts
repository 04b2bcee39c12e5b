import { describe, expect, it } from 'vitest';
import { fromHex } from '#core/bytes.ts';
import { safetyNumber } from '#core/crypto/index.ts';
import { withFlippedByte } from '#tests/support/crypto-people.ts';
import published from '#tests/vectors/signal-numeric-fingerprint.json' with { type: 'json' };

/** Our keys are raw; Signal's vectors have its type byte (05) before them, which the implementation puts there itself. */
const party = ({ identifier, key }: { identifier: string; key: string }) => ({
  userId: identifier,
  publicKey: fromHex(key).slice(1),
});

/** Six times five bytes modulo 100,000, in big integers: an independent reading of the published fingerprint. */
function digitsOf(fingerprint: string): string {
  return [0, 10, 20, 30, 40, 50]
    .map((at) => String(BigInt(`0x${fingerprint.slice(at, at + 10)}`) % 100_000n).padStart(5, '0'))
    .join('');
}

describe('the safety number', () => {
  it.each(published.vectors)('is Signal’s for its published identities', async ({ a, b, displayable }) => {
    expect(a.key.slice(0, 2)).toBe('05');
    expect(await safetyNumber(party(a), party(b))).toBe(displayable);
    expect([digitsOf(a.fingerprint), digitsOf(b.fingerprint)].sort().join('')).toBe(displayable);
  });

  it('is the same for both, and another when a key or a person changes', async () => {
    const a = { userId: 'a'.repeat(24), publicKey: new Uint8Array(32).fill(7) };
    const b = { userId: 'b'.repeat(24), publicKey: new Uint8Array(32).fill(9) };
    const number = await safetyNumber(a, b);
    expect(number).toMatch(/^\d{60}$/);
    expect(await safetyNumber(b, a)).toBe(number);
    const others = await Promise.all([
      safetyNumber({ ...a, publicKey: withFlippedByte(a.publicKey, 31, 1) }, b),
      safetyNumber(a, { ...b, userId: 'c'.repeat(24) }),
      safetyNumber({ ...a, userId: b.userId }, { ...b, userId: a.userId }),
    ]);
    expect(new Set([number, ...others]).size).toBe(4);
  });

  it('is refused for keys that are not 32 raw bytes', async () => {
    const a = { userId: 'a', publicKey: new Uint8Array(33) };
    const b = { userId: 'b', publicKey: new Uint8Array(32) };
    await expect(safetyNumber(a, b)).rejects.toMatchObject({ reason: 'malformed' });
  });
});
