import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '#core/bytes.ts';
import {
  CryptoRefusal,
  deriveRecoveryKeys,
  newRecoveryPhrase,
  parseRecoveryPhrase,
} from '#core/crypto/index.ts';
import { entropyOfWords, wordsOfEntropy } from '#core/crypto/recovery-phrase.ts';
import bip39 from '#tests/vectors/bip39-english.json' with { type: 'json' };

const words = 'legal winner thank year wave sausage worth useful legal winner thank yellow'.split(' ');

function refusalOf(text: string): CryptoRefusal {
  try {
    parseRecoveryPhrase(text);
  } catch (error) {
    if (error instanceof CryptoRefusal) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('BIP39 vectors', () => {
  it.each(bip39.vectors)('$words', ({ entropy, words: mnemonic }) => {
    expect(wordsOfEntropy(fromHex(entropy)).join(' ')).toBe(mnemonic);
    expect(toHex(entropyOfWords(mnemonic.split(' ')))).toBe(entropy);
    expect(parseRecoveryPhrase(mnemonic)).toEqual(mnemonic.split(' '));
  });
});

describe('new recovery words', () => {
  it('are twelve, different each time, and can be typed back', () => {
    const drawn = Array.from({ length: 50 }, () => newRecoveryPhrase());
    for (const each of drawn) expect(parseRecoveryPhrase(each.join(' '))).toEqual(each);
    expect(new Set(drawn.map((each) => each.join(' '))).size).toBe(50);
    expect(drawn.every((each) => each.length === 12)).toBe(true);
  });
});

describe('typed recovery words are forgiven', () => {
  it.each([
    ['spaces all over', `   ${words.join('   ')}  `],
    ['hyphens', words.join('-')],
    ['long dashes', words.join(' — ')],
    ['commas', words.join(', ')],
    ['line breaks', words.join('\r\n')],
    ['tabs and no-break spaces', words.join('\t\u00a0')],
    ['full stops and semicolons', `${words.join('; ')}.`],
    ['capitals', words.map((word) => word.toUpperCase()).join(' ')],
    ['a capital at the beginning', words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join(' ')],
    ['numbers', words.map((word, index) => `${index + 1}. ${word}`).join('\n')],
    ['numbers in brackets', words.map((word, index) => `(${index + 1})${word}`).join(' ')],
    ['numbers close to the word', words.map((word, index) => `${index + 1}${word}`).join(' ')],
    ['quotation marks', words.map((word) => `“${word}”`).join(' ')],
    ['wide letters', words.join(' ').replace(/[a-z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))],
    ['accents a keyboard put in', words.join(' ').replace('legal', 'légal')],
  ])('%s', (_what, text) => {
    expect(parseRecoveryPhrase(text)).toEqual(words);
  });
});

describe('wrong recovery words are told', () => {
  it('names the word that is none, and where it is', () => {
    const refusal = refusalOf(words.with(4, 'waev').join(' '));
    expect(refusal).toMatchObject({ name: 'CryptoRefusal', reason: 'bad-words', word: 'waev' });
    expect(refusal.message).toContain('waev');
    expect(refusal.message).toContain('5');
  });

  it('names the first of several, before counting', () => {
    expect(refusalOf('legal winnner foo').word).toBe('winnner');
  });

  it.each([
    ['none', ''],
    ['only separators', ' - , 1. 2. '],
    ['eleven', words.slice(1).join(' ')],
    ['thirteen', [...words, 'zoo'].join(' ')],
    ['24', [...words, ...words].join(' ')],
  ])('says how many there are: %s', (_what, text) => {
    const refusal = refusalOf(text);
    expect(refusal).toMatchObject({ reason: 'bad-words', word: undefined });
    expect(refusal.message).toContain('12');
  });

  it('says that known words do not belong together: one exchanged, two in another order', () => {
    for (const wrong of [words.with(0, 'lemon'), words.with(0, 'winner').with(1, 'legal')]) {
      const refusal = refusalOf(wrong.join(' '));
      expect(refusal).toMatchObject({ reason: 'bad-words', word: undefined });
      expect(refusal.message).toContain('don’t fit together');
    }
  });

  it('does not echo a page of text, nor take long over one', () => {
    const refusal = refusalOf('x'.repeat(1_000_000));
    expect(refusal.message.length).toBeLessThan(120);
  });
});

describe('recovery keys', () => {
  it('are the same for the same words, however written, and others for others', async () => {
    const one = await deriveRecoveryKeys(words);
    const same = await deriveRecoveryKeys(words.map((word) => ` ${word.toUpperCase()}`));
    const other = await deriveRecoveryKeys(newRecoveryPhrase());
    expect(toHex(same.authKey)).toBe(toHex(one.authKey));
    expect(toHex(other.authKey)).not.toBe(toHex(one.authKey));
    expect(one.authKey).toHaveLength(32);
    expect(one.kek.extractable).toBe(false);
  });

  it('are not made of wrong words', async () => {
    await expect(deriveRecoveryKeys(words.slice(1))).rejects.toMatchObject({ reason: 'bad-words' });
  });
});
