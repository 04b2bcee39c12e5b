import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeAccount } from '#core/accounts/sealed-account.ts';
import { createIdentity, newMasterKey, sealStamp } from '#core/crypto/index.ts';
import { newId } from '#core/id.ts';
import { withSecret } from '#core/with-secret.ts';
import { watchKeyBytes } from '#tests/support/held-bytes.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { befriend, makePeople, type Person, testPassword } from '#tests/support/journey-people.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { beginLogIn, type Phone, setUpApp } from '#tests/support/second-factor.ts';
import { argon2Node } from '../../client/argon2-node.ts';
import type { Api } from '../../client/create-api.ts';
import { logIn as logInByClient } from '../../client/log-in.ts';

let world: Installation;
let alpha: Person;
let beta: Person;
let phone: Phone;
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false, cheapPasswords: false });
  [alpha, beta] = (await makePeople(world, 'alpha', 'beta', 'gamma')) as [Person, Person];
  phone = await setUpApp(world, beta);
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => world.close());

const nobody = async () => world.as(null);
const broken = new Error('the database is away');

async function resetToken(): Promise<string> {
  await (await nobody()).accounts.requestReset({ email: alpha.email });
  await world.settle();
  const mail = (await world.mails()).filter(({ to }) => to === alpha.email).at(-1);
  return /\/reset\/([\w-]{43})\b/.exec(mail?.text ?? '')?.[1] ?? '';
}

describe('a key that is lent to some work', () => {
  const bytes = () => new Uint8Array(32).fill(7);

  it('is zeros afterwards, and what came of the work is handed on', async () => {
    const [own, promised] = [bytes(), bytes()];
    expect(await withSecret(own, (lent) => lent[0])).toBe(7);
    expect(await withSecret(Promise.resolve(promised), async (lent) => lent[1])).toBe(7);
    expect([...own, ...promised].every((byte) => byte === 0)).toBe(true);
  });

  it('is zeros when the work throws, at once or later, and the error is handed on', async () => {
    for (const work of [
      () => {
        throw broken;
      },
      async () => {
        throw broken;
      },
    ]) {
      const lent = bytes();
      await expect(withSecret(lent, work)).rejects.toBe(broken);
      expect(lent.every((byte) => byte === 0)).toBe(true);
    }
  });

  it('is wiped in no other way, so that none is forgotten when something throws', () => {
    const sources = ['app', 'client', 'core', 'server'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
    );
    const wiping = sources.filter(
      (path) => /\.tsx?$/.test(path) && readFileSync(path, 'utf8').includes('.fill(0)'),
    );
    expect(wiping).toEqual(['core/with-secret.ts']);
  });

  it('stays in nobody’s memory when an account, an identity or a stamp cannot be made', async () => {
    const owner = { userId: newId(), epoch: 1 };
    const masterKey = newMasterKey();
    const watched = watchKeyBytes();
    const never = async () => {
      throw broken;
    };
    await expect(makeAccount(never, testPassword, owner, new Uint8Array(32))).rejects.toBe(broken);
    vi.mocked(crypto.subtle.encrypt).mockImplementationOnce(async () => {
      throw broken;
    });
    await expect(createIdentity(masterKey, owner)).rejects.toBe(broken);
    const recipients = [{ role: 'receiver' as const, ...owner, publicKey: new Uint8Array(31) }];
    await expect(
      sealStamp({ letterId: newId(), picture: new Uint8Array(9), recipients }),
    ).rejects.toMatchObject({ reason: 'malformed' });
    expect(watched.seen()).toBeGreaterThan(2);
    expect(watched.held()).toBe(0);
  });
});

describe('the server has neither the key of a letter nor what a password became in its memory any more', () => {
  const words = { to: 'beta', title: 'Wiped', body: 'Nothing stays.' };
  let letterId: string;
  beforeAll(async () => {
    await befriend(world, alpha, beta);
    letterId = newId();
  });
  const photo = () => makePhoto(1, { width: 64, height: 48 });
  const asAlpha = () => world.as(alpha);
  const asBeta = () => world.as(beta);

  it.each<[string, () => Promise<unknown>]>([
    [
      'a draft with a photo',
      async () =>
        (await asAlpha()).inClear.saveDraft({
          draftId: letterId,
          version: 0,
          ...words,
          newPhotos: [await photo()],
        }),
    ],
    [
      'the same draft once more',
      async () => (await asAlpha()).inClear.saveDraft({ draftId: letterId, version: 2, ...words }),
    ],
    ['a look at it', async () => (await asAlpha()).inClear.openDraft({ id: letterId })],
    ['a look at all of them', async () => (await world.as(alpha)).inClear.drafts()],
    ['a look at its photo', async () => (await asAlpha()).inClear.draftPhoto({ id: letterId, n: 0 })],
    ['sending it', async () => (await asAlpha()).inClear.sendLetter({ letterId, ...words })],
    ['reading it', async () => (await asBeta()).inClear.readLetter({ id: letterId })],
    ['a look at the photo of the letter', async () => (await asBeta()).inClear.photo({ id: letterId, n: 0 })],
  ])('after %s', async (what, work) => {
    const watched = watchKeyBytes();
    await work();
    expect(watched.seen()).toBeGreaterThan(1);
    // The library that seals a key to the two friends makes a copy for each.
    expect(watched.held()).toBeLessThanOrEqual(what === 'sending it' ? 2 : 0);
    vi.restoreAllMocks();
    await world.settle();
  });

  it.each([
    ['a right password', testPassword],
    ['a wrong one', 'not my password'],
  ])('after %s', async (_, password) => {
    const derived: Uint8Array[] = [];
    const { argon2 } = world.container;
    vi.spyOn(world.container, 'argon2').mockImplementation(async (input) => {
      const root = await argon2(input);
      derived.push(root, input.password);
      return root;
    });
    const { accounts } = await nobody();
    await accounts.logIn({ username: 'alpha', password }).catch(() => {});
    await (await asAlpha()).accounts.renewRecoveryPhrase({ current: password }).catch(() => {});
    const { accounts: own } = await asAlpha();
    if (password === testPassword)
      alpha.token = (
        await own.changePassword({ current: password, password: testPassword, confirm: testPassword })
      ).token;
    expect(derived.length).toBeGreaterThan(1);
    expect(derived.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });
});

describe('the server has no key of a person in its memory any more', () => {
  const stores = () => world.container.stores;
  const someone = { email: 'delta@example.test', password: testPassword, confirm: testPassword };
  const fresh = { password: testPassword, confirm: testPassword };
  const anotherPassword = async () => {
    const { accounts } = await world.as(alpha);
    alpha.token = (await accounts.changePassword({ current: testPassword, ...fresh })).token;
  };

  it.each<[string, () => unknown, () => Promise<unknown>]>([
    [
      'a new account',
      () => vi.spyOn(stores().users, 'insert').mockRejectedValue(broken),
      async () => (await nobody()).accounts.join({ username: `g${newId().slice(0, 9)}`, ...someone }),
    ],
    [
      'a log-in',
      () => vi.spyOn(stores().sessions, 'insert').mockRejectedValue(broken),
      async () => (await nobody()).accounts.logIn({ username: 'alpha', password: testPassword }),
    ],
    [
      'another password',
      () => vi.spyOn(stores().users, 'setPasswordKeys').mockRejectedValue(broken),
      anotherPassword,
    ],
    [
      'another password, at its end',
      () => vi.spyOn(stores().sessions, 'insert').mockRejectedValue(broken),
      anotherPassword,
    ],
    [
      'new words',
      () => vi.spyOn(stores().users, 'setRecovery').mockRejectedValue(broken),
      async () => {
        await (await world.as(alpha)).accounts.renewRecoveryPhrase({ current: testPassword });
        alpha.words = (await (await world.as(alpha)).accounts.recoveryPhrase()) ?? [];
      },
    ],
    [
      'the second factor of a log-in',
      () => vi.spyOn(stores().sessions, 'insert').mockRejectedValue(broken),
      async () => {
        const challenge = await beginLogIn(world, beta);
        return (await nobody()).secondFactor.giveCode({ challenge, code: phone.nextCode() });
      },
    ],
    [
      'a forgotten password',
      () => vi.spyOn(stores().users, 'replaceKeys').mockRejectedValue(broken),
      async () => {
        const token = await resetToken();
        const words = alpha.words.join(' ');
        alpha.token = (await (await nobody()).accounts.resetPassword({ token, words, ...fresh })).token;
      },
    ],
    [
      'a fresh start',
      () => vi.spyOn(stores().retiredKeys, 'insert').mockRejectedValue(broken),
      async () =>
        (await nobody()).accounts.resetWithoutRecovery({
          token: await resetToken(),
          understood: true,
          ...fresh,
        }),
    ],
  ])('after %s, whether it ended well or in the middle', async (_, breakIt, work) => {
    for (const well of [false, true]) {
      if (!well) breakIt();
      const watched = watchKeyBytes();
      if (well) await work();
      else await expect(work()).rejects.toThrow('Something broke on our side');
      expect(watched.seen()).toBeGreaterThan(0);
      expect(watched.held(), well ? 'in the end' : 'in the middle').toBe(0);
      vi.restoreAllMocks();
    }
  });
});

it('a client that is sent another identity than the password’s keeps no key of the log-in either', async () => {
  const { accounts } = await nobody();
  const damaged = async (input: Parameters<typeof accounts.logInSealed>[0]) => {
    const answer = await accounts.logInSealed(input);
    if (!('account' in answer)) throw new Error(`the log-in ended with ${answer.outcome}`);
    return { ...answer, account: { ...answer.account, wrappedIdentityKey: new Uint8Array(80).fill(1) } };
  };
  const api = { accounts: { kdf: { query: accounts.kdf }, logInSealed: { mutate: damaged } } };
  const watched = watchKeyBytes();
  const input = { username: 'gamma', password: testPassword };
  await expect(
    logInByClient(api as unknown as Api, argon2Node, 'http://bff.test', input),
  ).rejects.toMatchObject({
    code: 'damaged',
  });
  expect(watched.seen()).toBeGreaterThan(0);
  expect(watched.held()).toBe(0);
});
