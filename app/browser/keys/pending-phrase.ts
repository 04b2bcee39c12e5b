import { type Bytes, decodeUtf8, encodeUtf8 } from '#core/bytes.ts';
import type { HeldKeys } from './held-keys.ts';
import { inKeyStore, PENDING_WORDS } from './key-store.ts';

const PURPOSE = 'recovery-words';

/** Seals recovery words under the master key, to store them until they are confirmed. */
export async function sealPendingPhrase(keys: HeldKeys, words: readonly string[]): Promise<Bytes> {
  const { sealForSelf } = await import('./crypto.ts');
  return sealForSelf(keys.masterKey, PURPOSE, keys.userId, encodeUtf8(words.join(' ')));
}

/** Opens the unconfirmed recovery words stored here; null when this user has none. */
export async function pendingWords(keys: HeldKeys): Promise<string[] | null> {
  const sealed = await inKeyStore<Bytes | undefined>('readonly', (store) => store.get(PENDING_WORDS));
  if (!sealed) return null;
  const { isCryptoRefusal, openForSelf } = await import('./crypto.ts');
  try {
    const words = await openForSelf(keys.masterKey, PURPOSE, keys.userId, sealed);
    return decodeUtf8(words).split(' ');
  } catch (error) {
    if (isCryptoRefusal(error)) return null;
    throw error;
  }
}

/** Deletes the words once they are confirmed or replaced. */
export async function forgetPendingPhrase(): Promise<void> {
  await inKeyStore('readwrite', (store) => store.delete(PENDING_WORDS));
}
