import { describe, expect, it } from 'vitest';
import { upgradeHeld } from '#app/browser/keys/upgrade-held.ts';
import { encodeUtf8, randomBytes } from '#core/bytes.ts';
import { createIdentity, importMasterKey, openForSelf, sealForSelf } from '#core/crypto/index.ts';
import { newId } from '#core/id.ts';

const owner = { userId: newId(), username: 'alpha', epoch: 1 };

async function heldBefore() {
  const raw = randomBytes(32);
  const { identity } = await createIdentity(raw, owner);
  const whole = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey', 'deriveBits']);
  return { raw, identity, whole };
}

describe('keys that a browser held before', () => {
  it('are held without the whole master key from then on, and open the same', async () => {
    const { raw, identity, whole } = await heldBefore();
    const sealed = await sealForSelf(await importMasterKey(raw), 'pins', owner.userId, encodeUtf8('pins'));
    const keys = await upgradeHeld({ ...owner, masterKey: whole, identity });
    if (!keys) throw new Error('the password is asked for');
    expect(Object.values(keys.masterKey.subkeys).map(({ algorithm }) => algorithm.name)).not.toContain(
      'HKDF',
    );
    expect(keys).toMatchObject({ ...owner, identity });
    expect(await openForSelf(keys.masterKey, 'pins', owner.userId, sealed)).toEqual(encodeUtf8('pins'));
    expect(await upgradeHeld(keys)).toBe(keys);
  });

  it('wait for the password where the identity stood under the whole master key', async () => {
    const { identity, whole } = await heldBefore();
    const { publicKey } = identity;
    const locked = { wrapped: randomBytes(77), masterKey: whole, context: owner };
    expect(await upgradeHeld({ ...owner, masterKey: whole, identity: { publicKey, locked } })).toBeNull();
  });
});
