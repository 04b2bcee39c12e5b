import { type Bytes, decodeUtf8, encodeUtf8 } from '#core/bytes.ts';
import type { HeldKeys } from './held-keys.ts';
import { inKeyStore } from './key-store.ts';

/** Where they are in the store of keys: another log-in, or a log-out, takes them along. */
export const PENDING_WORDS = 'words';
const PURPOSE = 'recovery-words';

/** Recovery words as they are kept until they are confirmed: under the master key. */
export async function sealPendingPhrase(keys: HeldKeys, words: readonly string[]): Promise<Bytes> {
  const { sealForSelf } = await import('./crypto.ts');
  return sealForSelf(keys.masterKey, PURPOSE, keys.userId, encodeUtf8(words.join(' ')));
}

/** The words that wait here to be confirmed; null when there are none of this person's. */
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

/** Forgets them: they were confirmed, or are no longer the newest. */
export async function forgetPendingPhrase(): Promise<void> {
  await inKeyStore('readwrite', (store) => store.delete(PENDING_WORDS));
}
