import type { HeldKeys } from './held-keys.ts';

/**
 * Keys in the older format: with the whole master key, a script could derive every key of the
 * account.
 */
interface OlderKeys extends Omit<HeldKeys, 'masterKey' | 'identity'> {
  masterKey: CryptoKey;
  identity:
    | HeldKeys['identity']
    | { publicKey: HeldKeys['identity']['publicKey']; locked: { masterKey: CryptoKey } };
}

/**
 * Converts stored keys to the current format, without the master key and what wraps the identity.
 *
 * @returns null where the master key itself wraps the identity: the password is needed then
 */
export async function upgradeHeld(held: HeldKeys | OlderKeys): Promise<HeldKeys | null> {
  if (!isOlder(held)) return held;
  const { masterKey, identity, ...owner } = held;
  if ('locked' in identity && 'masterKey' in identity.locked) return null;
  const { takeApart } = await import('./crypto.ts');
  return { ...owner, identity: identity as HeldKeys['identity'], masterKey: await takeApart(masterKey) };
}

function isOlder(held: HeldKeys | OlderKeys): held is OlderKeys {
  return held.masterKey instanceof CryptoKey;
}
