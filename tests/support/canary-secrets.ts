import { derivePasswordKeys, unwrapLetterKey, unwrapMasterKey } from '#core/crypto/index.ts';
import { newId } from '#core/id.ts';
import { createContext } from '#server/context.ts';
import type { Mark } from './canary-search.ts';
import type { Installation } from './installation.ts';

/** With characters that every way of writing changes, and different in every run. */
export const mark = (what: string) => `Kanarie ${what} "ü<&'ß>${newId().slice(0, 8)}`;

export const letter = {
  title: mark('title'),
  body: mark('body'),
  caption: mark('caption'),
  alt: mark('description'),
};
export const draft = { title: mark('draft title'), body: mark('draft body'), caption: mark('draft caption') };
export const autosaved = mark('autosaved');
export const refused = mark('refused');
export const password = mark('password');
export const fileName = 'Kanarienfoto-Dateiname-9f2c.jpg';

/** Pieces of a picture, so that a part of it is found as well as all of it. */
export function windowsOf(name: string, bytes: Uint8Array): Mark[] {
  return [0.3, 0.5, 0.7].map((share) => {
    const from = Math.floor(bytes.length * share);
    return { name, secret: bytes.slice(from, from + 24) };
  });
}

/** Single words are ordinary English; three in a row are not, whatever stands between them. */
export function triplesOf(words: string[]): Mark[] {
  return words.slice(2).flatMap((_, n) =>
    [' ', ',', '","', '\n', '-'].map((between) => ({
      name: 'recovery words',
      secret: words.slice(n, n + 3).join(between),
    })),
  );
}

/** The keys behind it all, opened the way only their owner can. */
export async function keysOf({ container }: Installation, token: string): Promise<Mark[]> {
  const { argon2, serverKeys, stores } = container;
  const user = await stores.users.findByUsername('alpha');
  if (!user) throw new Error('no alpha');
  const params = {
    memoryKiB: user.kdfMemoryKiB,
    iterations: user.kdfIterations,
    parallelism: user.kdfParallelism,
  };
  const { authKey, kekFor } = await derivePasswordKeys(argon2, password, { salt: user.kdfSalt, params });
  const share = await serverKeys.keyShare(user.id, user.keyEpoch);
  const context = { userId: user.id, epoch: user.keyEpoch, purpose: 'password' } as const;
  const facts = { clientAddress: '', userAgent: '', requestId: '' };
  const { actor } = await createContext(container, { token, ...facts });
  const [first] = (await stores.drafts.list(user.id, { limit: 20 })).items;
  if (!actor || !first) throw new Error('no draft');
  const letter = { letterId: first.id, userId: user.id };
  const letterKey = await unwrapLetterKey((await actor.keys()).masterKey, letter, first.sealedKey);
  return [
    { name: 'master key', secret: await unwrapMasterKey(user.wrappedAmk, await kekFor(share), context) },
    { name: 'authentication key', secret: authKey },
    { name: 'key share', secret: share },
    { name: 'letter key', secret: letterKey },
  ];
}
