import type { HeldKeys } from './held-keys.ts';

/** Keys as browsers held them before: the whole master key, from which a script could derive every key of the account. */
interface OlderKeys extends Omit<HeldKeys, 'masterKey' | 'identity'> {
  masterKey: CryptoKey;
  identity:
    | HeldKeys['identity']
    | { publicKey: HeldKeys['identity']['publicKey']; locked: { masterKey: CryptoKey } };
}

/**
 * The keys in today's form, without the master key and what wraps the identity.
 *
 * @returns null where the identity stands under the master key itself: then the password is asked for
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
