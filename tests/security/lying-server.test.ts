import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTerminal, type Terminal } from '#tests/support/command-line.ts';
import { countRepelled, countServer } from '#tests/support/count-attacks.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { befriend, makeFriends, makePerson, testPassword } from '#tests/support/journey-people.ts';
import { makeLiar } from '#tests/support/lying-database.ts';
import { createBffClient, type SavedSession } from '../../client/node.ts';

// The server lies in what it answers; the programs are as they were published.

let world: ServedInstallation;
let liar: Awaited<ReturnType<typeof makeLiar>>;
let terminal: Terminal;
let sessionFile: string;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false, cheapPasswords: false });
  const { alpha } = await makeFriends(world);
  await befriend(world, alpha, await makePerson(world, 'gamma'));
  liar = await makeLiar(world);
  terminal = await openTerminal();
  sessionFile = join(terminal.home, 'keys', 'session.json');
});
afterAll(async () => {
  await countServer(world.url);
  await terminal.close();
  await world.close();
});

const secret = { to: 'beta', title: 'Between us', body: 'Nobody else.' };

/** All that a server can hand out in the place of somebody's pins. */
async function liesAbout(username: string, early: Awaited<ReturnType<typeof liar.pinsOf>>) {
  const { pinsVersion } = await liar.pinsOf(username);
  return [
    { pins: null, pinsVersion: null },
    { pins: null, pinsVersion },
    early,
    { pins: early.pins, pinsVersion },
    { pins: liar.spoilt, pinsVersion: (pinsVersion ?? 0) + 1 },
  ];
}

describe('a server that answers with a key of its own for a friend, and withholds or replays pins', () => {
  it('gets no letter from a program that has compared the key, also after a new log-in', async () => {
    let session: SavedSession | undefined;
    const keep = (changed: SavedSession) => {
      session = changed;
    };
    const first = createBffClient({ url: world.url, onSession: keep });
    await first.logIn({ username: 'alpha', password: testPassword });
    await first.friends.trustKey('beta', { verified: true });
    const early = await liar.pinsOf('alpha');
    await first.letters.send({ ...secret, to: 'gamma' });
    if (!session) throw new Error('nothing was to be kept');
    const saved: SavedSession = session;
    const honest = await liar.pinsOf('alpha');
    const before = await liar.lettersOf('alpha');

    const endLie = await liar.swapKey('beta');
    for (const lie of await liesAbout('alpha', early)) {
      await liar.setPins('alpha', lie);
      // The server has ended the session.
      const later = createBffClient({ url: world.url, session: { ...saved, token: 'A'.repeat(43) } });
      await later.logIn({ username: 'alpha', password: testPassword });
      const returned = createBffClient({ url: world.url, session: { ...saved, token: 'B'.repeat(43) } });
      await returned.logIn({ username: 'gamma', password: testPassword });
      await returned.logOut();
      await returned.logIn({ username: 'alpha', password: testPassword });
      for (const client of [createBffClient({ url: world.url, session: saved }), later, returned]) {
        await expect(client.letters.send(secret)).rejects.toMatchObject({ code: 'key-changed' });
        expect(await client.friends.safetyNumber('beta')).toMatchObject({
          trust: 'changed',
          withheld: expect.stringMatching(/older|missing/),
        });
        countRepelled();
      }
    }
    await endLie();
    expect(await liar.lettersOf('alpha')).toBe(before);

    // The right key again, and pins of a backup: the person is told, and goes on when they have compared.
    await liar.setPins('alpha', early);
    const back = createBffClient({ url: world.url, session: saved });
    await expect(back.letters.send(secret)).rejects.toThrow(
      /older list of your friends' keys.*backup.*--compared/s,
    );
    await back.friends.trustKey('beta', { verified: true });
    await back.letters.send(secret);
    expect((await liar.pinsOf('alpha')).pinsVersion).toBeGreaterThan(honest.pinsVersion ?? 0);
    expect(await liar.lettersOf('alpha')).toBe(before + 1);
  });

  it('cannot have a key judged as compared that was given up since', async () => {
    const client = createBffClient({ url: world.url });
    await client.logIn({ username: 'gamma', password: testPassword });
    await client.friends.trustKey('alpha', { verified: true });
    const early = await liar.pinsOf('gamma');
    const { identityPublicKey } = (await world.container.stores.users.findByUsername('alpha')) ?? {};
    if (!identityPublicKey) throw new Error('no alpha');
    // Alpha has started afresh; the old key has leaked.
    const endLie = await liar.swapKey('alpha');
    await client.friends.trustKey('alpha', { verified: true });
    await endLie();
    await liar.setPins('gamma', early);
    expect(await client.friends.safetyNumber('alpha')).toMatchObject({ trust: 'changed', withheld: 'older' });
    await expect(client.letters.send({ ...secret, to: 'alpha' })).rejects.toMatchObject({
      code: 'key-changed',
    });
    expect(await liar.lettersOf('gamma')).toBe(0);
    countRepelled();
  });

  it('gets no letter from bff, which says what happened, remembers it over a log-out and another account, and goes on when told', async () => {
    const logIn = (username = 'alpha', url = world.url) =>
      terminal.bff(['login', url, '--username', username, '--password-stdin'], testPassword);
    const write = () => terminal.bff(['write', '--to', 'beta', '--title', secret.title], secret.body);
    expect((await logIn()).code).toBe(0);
    const first = await terminal.bff(['friends', 'beta', '--compared']);
    expect(first.stdout).toMatch(/^(\d{5} ){11}\d{5}\nYou compared this key on \d{4}-/);
    expect(await write()).toMatchObject({ code: 0 });
    const before = await liar.lettersOf('alpha');
    const endLie = await liar.swapKey('beta');
    for (const lie of await liesAbout('alpha', { pins: liar.spoilt, pinsVersion: 1 })) {
      await liar.setPins('alpha', lie);
      const refused = await write();
      expect(refused).toMatchObject({ code: 6 });
      expect(refused.stderr).toContain('nothing was sent');
      countRepelled();
    }
    expect((await logIn('gamma')).code).toBe(0);
    expect((await terminal.bff(['logout'])).code).toBe(0);
    // The same installation under another name of it.
    expect((await logIn('alpha', world.url.replace('127.0.0.1', 'localhost'))).code).toBe(0);
    expect((await write()).code).toBe(6);
    await chmod(sessionFile, 0o644);
    expect((await logIn()).code).toBe(0);
    expect((await write()).code).toBe(6);
    await endLie();
    expect(await liar.lettersOf('alpha')).toBe(before);
    expect((await terminal.bff(['friends', 'beta'])).stdout).toContain('--compared');
    expect((await terminal.bff(['friends', 'beta', '--compared'])).stdout).toContain('You compared this key');
    expect((await write()).code).toBe(0);
    // A dozen programs, one after another: on a busy machine each takes ten seconds to start.
  }, 360_000);

  it('is trusted on first use by a new device, which says so until the number is compared there', async () => {
    const known = JSON.parse(await readFile(sessionFile, 'utf8'));
    await writeFile(sessionFile, JSON.stringify({ ...known, pins: undefined }));
    // What it is handed is what it remembers from now on.
    expect((await terminal.bff(['write', '--to', 'beta', '--title', 'Anew'], 'x')).code).toBe(0);
    const { stdout } = await terminal.bff(['friends', 'beta']);
    expect(stdout).toContain('That was before this device first saw it: compare it again to be certain.');
    await terminal.bff(['friends', 'beta', '--compared']);
    expect((await terminal.bff(['friends', 'beta'])).stdout).not.toContain('before this device first saw it');
  });
});

describe('a server that calls a letter by the hash of another', () => {
  it('puts no other stamp on it: the one that is drawn comes from the bytes that were opened', async () => {
    const client = createBffClient({ url: world.url });
    await client.logIn({ username: 'alpha', password: testPassword });
    await client.friends.trustKey('gamma', { verified: true });
    const { id } = await client.letters.send({ ...secret, to: 'gamma' });
    await world.settle();
    const { stampSeed } = await client.letters.open(id);
    await world.container.db.orm.letters.where({ _id: id }).updateAndCount({ hash: 'ab'.repeat(32) });
    expect((await client.letters.open(id)).stampSeed).toBe(stampSeed);
    countRepelled();
  });
});
