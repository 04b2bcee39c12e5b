import { describe, expect, it } from 'vitest';
import { keyFingerprint } from '#core/crypto/index.ts';
import { withFlippedByte } from '#tests/support/crypto-people.ts';

const owner = { userId: 'a'.repeat(24), username: 'alpha', publicKey: new Uint8Array(32).fill(7) };

describe('the fingerprint of a key', () => {
  it('is 128 bits of a hash, for good', async () => {
    expect(await keyFingerprint(owner)).toBe('QpwafTN42yG7xQzUKLhyaA');
  });

  it('is another when the key, the person or the name changes', async () => {
    const all = await Promise.all([
      keyFingerprint(owner),
      keyFingerprint({ ...owner, publicKey: withFlippedByte(owner.publicKey, 31, 1) }),
      keyFingerprint({ ...owner, userId: 'b'.repeat(24) }),
      keyFingerprint({ ...owner, username: 'alph4' }),
    ]);
    expect(new Set(all).size).toBe(4);
  });

  it('is refused for a key that is not 32 raw bytes', async () => {
    const wrong = { ...owner, publicKey: new Uint8Array(33) };
    await expect(keyFingerprint(wrong)).rejects.toMatchObject({ reason: 'malformed' });
  });
});
