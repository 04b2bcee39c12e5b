import { entropyToMnemonic, mnemonicToEntropy, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import type { Bytes } from '../bytes.ts';
import { encodeUtf8, randomBytes } from '../bytes.ts';
import { hkdfAesKey, hkdfBytes, importHkdfKey } from './hkdf.ts';
import { CryptoRefusal } from './refusal.ts';

const WORD_COUNT = 12;
const ENTROPY_LENGTH = 16;
const PURPOSE_KEK = 'bff/v1/recovery-kek';
const PURPOSE_AUTH = 'bff/v1/recovery-auth';
const knownWords = new Set(wordlist);

/** Makes twelve BIP39 words: 128 random bits and a 4-bit checksum. */
export function newRecoveryPhrase(): string[] {
  return wordsOfEntropy(randomBytes(ENTROPY_LENGTH));
}

/** Encodes 16 bytes as twelve words (BIP39, English). */
export function wordsOfEntropy(entropy: Bytes): string[] {
  return entropyToMnemonic(entropy, wordlist).split(' ');
}

/** The inverse of {@link wordsOfEntropy}, for words that passed {@link parseRecoveryPhrase}. */
export function entropyOfWords(words: string[]): Bytes {
  return new Uint8Array(mnemonicToEntropy(words.join(' '), wordlist));
}

/**
 * Parses recovery words as typed: any case, separators, line breaks and numbering.
 * @throws CryptoRefusal `bad-words` with a message for the user: a word that isn't in the list
 *   (`word`), not twelve words, or a checksum that reveals a wrong word or order
 */
export function parseRecoveryPhrase(text: string): string[] {
  const words = text
    .slice(0, 2000)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
  const position = words.findIndex((word) => !knownWords.has(word));
  const wrong = words[position];
  if (wrong !== undefined) {
    const shown = wrong.slice(0, 40);
    throw new CryptoRefusal('bad-words', `Word ${position + 1}, “${shown}”, isn’t a recovery word.`, shown);
  }
  if (words.length !== WORD_COUNT) {
    throw new CryptoRefusal(
      'bad-words',
      `There should be ${WORD_COUNT} words, but you entered ${words.length}.`,
    );
  }
  if (!validateMnemonic(words.join(' '), wordlist)) {
    throw new CryptoRefusal(
      'bad-words',
      'These are all recovery words, but they don’t fit together. Check for a mixed-up word or a wrong order.',
    );
  }
  return words;
}

/**
 * Derives the recovery keys: one unwraps the master key, one (32 bytes) proves the phrase to the
 * server. The phrase has 128 random bits, so no slow hash is needed.
 * @throws CryptoRefusal `bad-words`
 */
export async function deriveRecoveryKeys(words: string[]): Promise<{ kek: CryptoKey; authKey: Bytes }> {
  const base = await importHkdfKey(entropyOfWords(parseRecoveryPhrase(words.join(' '))));
  return {
    kek: await hkdfAesKey(base, PURPOSE_KEK),
    authKey: await hkdfBytes(base, encodeUtf8(PURPOSE_AUTH), 32),
  };
}
