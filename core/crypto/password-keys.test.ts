import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '#core/bytes.ts';
import { type Argon2id, currentKdfParams, derivePasswordKeys, kdfFloor } from '#core/crypto/index.ts';
import { createArgon2Pool } from '#server/crypto/argon2.ts';

describe('password keys', () => {
  const cheap: Argon2id = (input) =>
    createArgon2Pool()({ ...input, params: { memoryKiB: 64, iterations: 1, parallelism: 1 } });
  const salt = fromHex('0f'.repeat(16));
  const share = fromHex('aa'.repeat(32));
  const keysOf = (password: string, salted = salt) =>
    derivePasswordKeys(cheap, password, { salt: salted, params: currentKdfParams });

  async function fingerprintOf(kek: CryptoKey): Promise<string> {
    const iv = new Uint8Array(12);
    return toHex(
      new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, kek, new Uint8Array(16))),
    );
  }

  it('are the same for the same password and salt, and differ for any other', async () => {
    const same = await keysOf('Correct Horse');
    expect(toHex((await keysOf('Correct Horse')).authKey)).toBe(toHex(same.authKey));
    const others = [
      await keysOf('correct horse'),
      await keysOf('Correct Horse '),
      await keysOf('Correct Horse', share.slice(0, 16)),
    ];
    const all = [same, ...others];
    expect(new Set(all.map(({ authKey }) => toHex(authKey))).size).toBe(4);
    const keks = await Promise.all(all.map(async (keys) => fingerprintOf(await keys.kekFor(share))));
    expect(new Set(keks).size).toBe(4);
  });

  it('do not depend on how the keyboard composes a letter (NFKC)', async () => {
    expect(toHex((await keysOf('cafe\u0301 ﬁn')).authKey)).toBe(
      toHex((await keysOf('caf\u00e9 fin')).authKey),
    );
  });

  it('need the share: another one is another key, none is refused', async () => {
    const keys = await keysOf('Correct Horse');
    const kek = await keys.kekFor(share);
    expect(kek.extractable).toBe(false);
    expect(await fingerprintOf(kek)).toBe(await fingerprintOf(await keys.kekFor(share)));
    expect(await fingerprintOf(kek)).not.toBe(await fingerprintOf(await keys.kekFor(new Uint8Array(32))));
    for (const length of [0, 16, 31, 33]) {
      await expect(keys.kekFor(new Uint8Array(length))).rejects.toMatchObject({ reason: 'malformed' });
    }
  });

  it.each([
    ['weak-kdf', { memoryKiB: kdfFloor.memoryKiB - 1, iterations: 2, parallelism: 1 }],
    ['weak-kdf', { memoryKiB: 65_536, iterations: 1, parallelism: 1 }],
    ['weak-kdf', { memoryKiB: 0, iterations: 3, parallelism: 1 }],
    ['weak-kdf', { memoryKiB: -65_536, iterations: 3, parallelism: 1 }],
    ['malformed', { memoryKiB: 65_536, iterations: 3, parallelism: 0 }],
    ['malformed', { memoryKiB: 65_536.5, iterations: 3, parallelism: 1 }],
    ['malformed', { memoryKiB: Number.NaN, iterations: 3, parallelism: 1 }],
    ['malformed', { memoryKiB: Number.POSITIVE_INFINITY, iterations: 3, parallelism: 1 }],
    ['malformed', { memoryKiB: 1_048_577, iterations: 3, parallelism: 1 }],
    ['malformed', { memoryKiB: 65_536, iterations: 11, parallelism: 1 }],
    ['malformed', { memoryKiB: 65_536, iterations: 3, parallelism: 17 }],
  ])('refuse (%s) the parameters %o before anything is derived', async (reason, params) => {
    let called = false;
    const argon2: Argon2id = async () => {
      called = true;
      return new Uint8Array(32);
    };
    await expect(derivePasswordKeys(argon2, 'password', { salt, params })).rejects.toMatchObject({ reason });
    expect(called).toBe(false);
  });

  it('refuse a salt that is not 16 bytes, and an Argon2 that answers too little', async () => {
    const kdf = { salt: new Uint8Array(15), params: currentKdfParams };
    await expect(derivePasswordKeys(cheap, 'password', kdf)).rejects.toMatchObject({ reason: 'malformed' });
    const lazy: Argon2id = async () => new Uint8Array(31);
    const proper = { salt, params: currentKdfParams };
    await expect(derivePasswordKeys(lazy, 'password', proper)).rejects.toMatchObject({ reason: 'malformed' });
  });
});
