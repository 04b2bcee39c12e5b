import { describe, expect, it } from 'vitest';
import type { PasswordKdf } from '#core/accounts/password-record.ts';
import { proveToServer } from '#core/accounts/prove-to-server.ts';
import { kdfChange } from '#core/accounts/remembered-kdf.ts';
import { type Argon2id, currentKdfParams } from '#core/crypto/index.ts';

const kdf = (change: Partial<PasswordKdf['params']> = {}, salt = 1): PasswordKdf => ({
  salt: new Uint8Array(16).fill(salt),
  params: { ...currentKdfParams, ...change },
});
const older = { memoryKiB: 32_768, iterations: 2 };

describe('a change of what a server asks for', () => {
  it('is none at the first log-in, for the same, and where the cost was raised', () => {
    expect(kdfChange(null, kdf(older))).toBe(null);
    expect(kdfChange(kdf(), kdf())).toBe(null);
    expect(kdfChange(kdf(older), kdf({}, 2))).toBe(null);
  });

  it('is weaker in memory or in passes, whatever the salt and the other one', () => {
    expect(kdfChange(kdf(), kdf(older))).toBe('weaker');
    expect(kdfChange(kdf(), kdf(older, 2))).toBe('weaker');
    expect(kdfChange(kdf(), kdf({ memoryKiB: 32_768, iterations: 9 }))).toBe('weaker');
    expect(kdfChange(kdf(), kdf({ memoryKiB: 131_072, iterations: 2 }, 2))).toBe('weaker');
  });

  it('is another salt at the same cost, or behind a cost that nobody raises to', () => {
    expect(kdfChange(kdf(), kdf({}, 2))).toBe('replaced');
    expect(kdfChange(kdf(), kdf({ memoryKiB: 65_537 }, 2))).toBe('replaced');
    expect(kdfChange(kdf(), kdf({ iterations: 4 }, 2))).toBe('replaced');
    expect(kdfChange(kdf(older), kdf({ memoryKiB: 40_000 }, 2))).toBe('replaced');
    expect(kdfChange(kdf(), kdf({ iterations: 4 }))).toBe(null);
  });
});

describe('proving a password', () => {
  const argon2: Argon2id = async ({ salt, length }) => new Uint8Array(length).fill(salt[0] ?? 0);
  const prove = async (answers: PasswordKdf[], good: number) => {
    const sent: string[] = [];
    const checked: PasswordKdf[] = [];
    const proving = proveToServer({
      argon2,
      password: 'lantern otter waltz',
      askKdf: async () => answers[Math.min(checked.length, answers.length - 1)] ?? kdf(),
      checkKdf: async (asked) => {
        checked.push(asked);
      },
      logIn: async (authKey) => {
        sent.push(Buffer.from(authKey).toString('hex'));
        if (sent.length !== good) throw new Error('wrong');
        return 'in';
      },
      saysWrongPassword: () => true,
    });
    return { sent, checked, end: await proving.then(({ answer }) => answer, String) };
  };

  it('is done once more when another log-in raised the cost in between, and checked again', async () => {
    const { sent, checked, end } = await prove([kdf(older), kdf({}, 2)], 2);
    expect(end).toBe('in');
    expect(new Set(sent).size).toBe(2);
    expect(checked).toEqual([kdf(older), kdf({}, 2)]);
  });

  it('is not tried again for the same salt, another one at the same cost, or a weaker one', async () => {
    for (const next of [kdf(), kdf({}, 2), kdf(older, 2)]) {
      const { sent, end } = await prove([kdf(), next], 2);
      expect(end).toBe('Error: wrong');
      expect(sent).toHaveLength(1);
    }
  });
});
