import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bytes, concatBytes, encodeUtf8 } from '#core/bytes.ts';
import { derivePasswordKeys } from '#core/crypto/index.ts';
import { newId } from '#core/id.ts';
import { checkPassword } from '#server/accounts/check-password.ts';
import { createArgon2Pool } from '#server/crypto/argon2.ts';
import type { ServerKeys } from '#server/crypto/server-keys.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { demoLetters } from '#server/demo/demo-letters.ts';
import { seedDemo } from '#server/demo/seed-demo.ts';
import { createStores, type Stores } from '#server/stores.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { refusalOf } from '#tests/support/journey-people.ts';
import { createServerKeys } from '#tests/support/server-keys.ts';
import {
  type Prize,
  purposesInSource,
  type StoredValue,
  storedValues,
  tryToOpen,
} from '#tests/support/try-to-open.ts';

const password = 'test1234';
const idea = 'a fox who reads at the station';
const argon2 = createArgon2Pool();

/** An installation with the demo friends in it, whose database is copied while they are logged in. */
let world: Installation;
let appSecret: string;
let copy: string;
let db: Database;
let stores: Stores;
let values: StoredValue[];
let purposes: string[];
let prizes: Prize[];
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false, cheapPasswords: false });
  await seedDemo(world.container);
  const { container } = world;
  await (await world.as(null)).accounts.logIn({ username: 'alpha', password });
  await (await world.as(null)).accounts.requestReset({ email: 'beta@example.test' });
  const letterId = newId();
  const sealedIdea = await container.serverKeys.sealIdea(letterId, idea);
  const forgetAt = new Date(Date.now() + 60_000_000);
  await container.stores.stampIdeas.insert({ id: letterId, idea: sealedIdea, forgetAt });
  await world.settle();

  prizes = demoLetters.flatMap(({ title, body }) => [
    { name: `the title “${title}”`, bytes: encodeUtf8(title) },
    { name: `the words of “${title}”`, bytes: encodeUtf8(body.slice(0, 40)) },
  ]);
  prizes.push({ name: 'the stamp idea', bytes: encodeUtf8(idea) });
  for (const username of ['alpha', 'beta']) {
    const user = await container.stores.users.findByUsername(username);
    const masterKey = await checkPassword(container, username, user, password);
    if (!masterKey) throw new Error('no such friend');
    prizes.push({ name: `the master key of ${username}`, bytes: masterKey });
  }

  appSecret = (await readFile(join(world.dataDir, 'app-secret'), 'utf8')).trim();
  copy = await copyDatabase();
  db = await openDatabase({ dataDir: copy });
  stores = createStores(db);
  values = await storedValues(db);
  purposes = await purposesInSource();
});
afterAll(async () => {
  await db.close();
  await rm(copy, { recursive: true, force: true });
  await world.close();
});

/** The database's files alone: not the secret, which lies beside them, and not the mailbox. */
async function copyDatabase(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bff-copied-'));
  const files = (await readdir(world.dataDir)).filter((name) => name.startsWith('bff.sqlite'));
  for (const file of files) await cp(join(world.dataDir, file), join(folder, file));
  return folder;
}

async function userOf(username: string) {
  const user = await stores.users.findByUsername(username);
  if (!user) throw new Error('no such friend');
  return user;
}

async function rootsOf(username: string): Promise<Bytes> {
  const {
    kdfSalt: salt,
    kdfMemoryKiB: memoryKiB,
    kdfIterations: iterations,
    kdfParallelism: parallelism,
  } = await userOf(username);
  const params = { memoryKiB, iterations, parallelism };
  return argon2({ password: encodeUtf8(password), salt, params, length: 32 });
}

/** What somebody may take for the secret of an installation that was set up carelessly. */
const guessedSecrets = [
  '',
  password,
  'secret',
  'changeme',
  'x'.repeat(32),
  '0'.repeat(64),
  'projectbff',
  'APP_SECRET',
];

/** Everything that can be had without the secret: what is stored, what a known password makes of it, and guesses. */
async function derivable(servers: ServerKeys[]): Promise<Bytes[]> {
  const stored = values.filter(({ bytes }) => bytes.length === 32).map(({ bytes }) => bytes);
  const guessed = guessedSecrets.map((text) => encodeUtf8(text.padEnd(32, '\0').slice(0, 32)));
  const found = [...stored, ...guessed, new Uint8Array(32), new Uint8Array(16)];
  for (const username of ['alpha', 'beta']) {
    const { id, keyEpoch, authVerifier, recoveryVerifier } = await userOf(username);
    const root = await rootsOf(username);
    const shares = await Promise.all(servers.map((server) => server.keyShare(id, keyEpoch)));
    const taken = [...shares, new Uint8Array(32), authVerifier, recoveryVerifier, root];
    found.push(root, ...taken.map((share) => concatBytes(root, share)), encodeUtf8(id.padEnd(32, '\0')));
  }
  return found;
}

describe('a copied database and the source, with the password of a friend known', () => {
  it('holds enough to make this test worth something', () => {
    const places = new Set(values.map(({ place }) => place));
    for (const place of [
      'users.wrappedAmk',
      'letters.payload',
      'photos.full',
      'sessions.sealedKeys',
      'tokens.hash',
    ])
      expect(places).toContain(place);
    expect(purposes.length).toBeGreaterThan(14);
  });

  it('opens nothing: no key that can be had fits anything that is stored', async () => {
    const servers = await Promise.all(guessedSecrets.map(createServerKeys));
    const { tries, opened } = await tryToOpen(values, await derivable(servers), purposes, prizes);
    console.info(`a copied database: ${tries} keys tried on what is sealed in it`);
    expect(tries).toBeGreaterThan(50_000);
    expect([...opened]).toEqual([]);
    countRepelled();
  });

  it('would be seen to open: with the secret of the server, the same tries find the master keys', async () => {
    const known = [await createServerKeys(appSecret)];
    const { opened } = await tryToOpen(values, await derivable(known), purposes, prizes);
    for (const username of ['alpha', 'beta'])
      expect([...opened]).toContain(`the master key of ${username} in users.wrappedAmk`);
    const [stamp] = await db.orm.stampIdeas.all().toArray();
    if (!stamp) throw new Error('no idea');
    expect(await known[0]?.openIdea(stamp._id, new Uint8Array(stamp.idea))).toBe(idea);
  });

  it('does not even tell whether a password is the right one', async () => {
    const right = await userOf('alpha');
    for (const secret of guessedSecrets) {
      const server = await createServerKeys(secret);
      expect(
        await checkPassword({ ...world.container, serverKeys: server }, 'alpha', right, password),
      ).toBeNull();
      countRepelled();
    }
    const keys = await derivePasswordKeys(argon2, password, {
      salt: right.kdfSalt,
      params: {
        memoryKiB: right.kdfMemoryKiB,
        iterations: right.kdfIterations,
        parallelism: right.kdfParallelism,
      },
    });
    const stored = values.map(({ bytes }) => Buffer.from(bytes).toString('hex'));
    expect(stored).not.toContain(Buffer.from(keys.authKey).toString('hex'));
  });

  it('has no word of a letter, no password and no token in it as it is', async () => {
    for (const { bytes, place } of values) {
      const text = Buffer.from(bytes);
      for (const prize of prizes)
        expect(text.includes(Buffer.from(prize.bytes)), `${prize.name} in ${place}`).toBe(false);
      expect(text.includes(password), place).toBe(false);
    }
    const link =
      (await world.mails()).map(({ text }) => /\/reset\/(\S+)/.exec(text)?.[1]).findLast(Boolean) ?? '';
    expect(link).toHaveLength(43);
    expect(values.filter(({ bytes }) => Buffer.from(bytes).includes(link))).toEqual([]);
  });
});

describe('an app that is started on a copied database', () => {
  it('lets nobody in without the secret: neither with the password nor with anything stored as a token', async () => {
    const dataDir = await copyDatabase();
    const theirs = {
      dataDir,
      rateLimits: false,
      env: { APP_SECRET: 'a thief has only a secret of their own to put there' },
    };
    await expect(openInstallation(theirs)).rejects.toThrow('does not match this database');
    countRepelled();
    // A thief can take out what would tell the app that the secret is another one.
    const changed = await openDatabase({ dataDir });
    await changed.orm.installations.where({ secretVersion: 1 }).deleteAndCount();
    await changed.close();
    const stolen = await openInstallation(theirs);
    try {
      const nobody = (await stolen.as(null)).accounts;
      expect(await refusalOf(nobody.logIn({ username: 'alpha', password }))).toBe('unauthenticated');
      for (const { bytes } of values.filter(({ bytes }) => bytes.length === 32)) {
        const token = Buffer.from(bytes).toString('base64url');
        expect(await (await stolen.as({ token })).accounts.me()).toBeNull();
        expect(await refusalOf(nobody.checkReset({ token }))).toBe('not-found');
        countRepelled();
      }
    } finally {
      await stolen.close();
    }
  });

  it('is the same as before with it: this is what is to be kept apart', async () => {
    const restored = await openInstallation({
      dataDir: await copyDatabase(),
      rateLimits: false,
      env: { APP_SECRET: appSecret },
    });
    try {
      const session = await (await restored.as(null)).accounts.logIn({ username: 'alpha', password });
      const inside = await restored.as({ token: 'token' in session ? session.token : '' });
      const { content } = await inside.inClear.readLetter({ id: demoLetters[0]?.id ?? '' });
      expect(content?.title).toBe(demoLetters[0]?.title);
    } finally {
      await restored.close();
    }
  });
});
