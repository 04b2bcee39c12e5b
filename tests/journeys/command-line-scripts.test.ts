import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RefusalCode } from '#core/refusal.ts';
import { AppError } from '#server/errors.ts';
import { openTerminal, type Terminal } from '#tests/support/command-line.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import {
  befriend,
  confirmTwoWords,
  logIn as logInByForm,
  makePeople,
  startJoining,
  testPassword,
} from '#tests/support/journey-people.ts';
import { type BffClient, createBffClient } from '../../client/node.ts';

/** More than fit on a page. */
const COUNT = 23;

let world: ServedInstallation;
let alpha: Terminal;
let beta: BffClient;
let gamma: BffClient;
/** What beta has written, first one first. */
const letters: string[] = [];

async function logIn(username: string, password = testPassword): Promise<BffClient> {
  const client = createBffClient({ url: world.url });
  await client.logIn({ username, password });
  return client;
}

async function openTerminalOf(username: string): Promise<Terminal> {
  const terminal = await openTerminal();
  const words = ['login', world.url, '--username', username, '--password-stdin'];
  const ran = await terminal.bff(words, testPassword);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  return terminal;
}

beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false, cheapPasswords: false });
  const [a, b, c, d] = await makePeople(world, 'alpha', 'beta', 'gamma', 'delta');
  if (!a || !b || !c || !d) throw new Error('no people');
  await befriend(world, a, b);
  await befriend(world, a, c);
  await befriend(world, b, d);
  [beta, gamma] = await Promise.all([logIn('beta'), logIn('gamma')]);
  for (let n = 0; n < COUNT; n += 1)
    letters.push((await beta.letters.send({ to: 'alpha', title: `Letter ${n}`, body: 'x' })).id);
  await world.settle();
  alpha = await openTerminalOf('alpha');
});
afterAll(async () => {
  await alpha?.close();
  await world.close();
});

const idsIn = (ran: { json(): unknown }) => (ran.json() as { id: string }[]).map(({ id }) => id);
const newestFirst = () => letters.toReversed();

describe('a list in the terminal', () => {
  it('is the newest twenty, and with --all every letter over all pages', async () => {
    expect(idsIn(await alpha.bff(['inbox', '--json']))).toEqual(newestFirst().slice(0, 20));
    expect(idsIn(await alpha.bff(['inbox', '--all', '--json']))).toEqual(newestFirst());
    const { stdout } = await alpha.bff(['inbox', '--all']);
    expect(stdout.match(/^[0-9a-f]{24} .* beta +\(closed\)$/gm)).toHaveLength(COUNT);
  });

  it('is the same of what was sent', async () => {
    const who = await openTerminalOf('beta');
    expect(idsIn(await who.bff(['sent', '--json']))).toEqual(newestFirst().slice(0, 20));
    expect(idsIn(await who.bff(['sent', '--all', '--json']))).toEqual(newestFirst());
    await who.close();
  });
});

describe('an export from the terminal', () => {
  it('holds what was sent and received, over all pages', async () => {
    const client = await logIn('alpha');
    const { id } = await client.letters.send({ to: 'beta', title: 'An answer', body: 'y' });
    const folder = join(alpha.home, 'export');
    const ran = await alpha.bff(['export', folder]);
    expect(ran, ran.stderr).toMatchObject({ code: 0, stdout: `Saved ${COUNT + 1} letters in ${folder}.\n` });
    const files = await readdir(folder);
    const expected = [...letters, id].flatMap((letter) => [`${letter}.json`, `${letter}.txt`]);
    expect(files.sort()).toEqual(expected.sort());
    expect(await readFile(join(folder, `${letters[0]}.txt`), 'utf8')).toBe('Letter 0\n\nx\n');
    expect(await readFile(join(folder, `${id}.txt`), 'utf8')).toBe('An answer\n\ny\n');
  });

  it('counts a single letter as one, and says how many could not be opened', async () => {
    const delta = await openTerminalOf('delta');
    const { id } = await beta.letters.send({ to: 'delta', title: 'The only one', body: 'z' });
    const { id: damaged } = await beta.letters.send({ to: 'delta', title: 'Damaged', body: 'z' });
    await world.settle();
    const { letters: rows } = world.container.db.orm;
    const row = await rows.where({ _id: damaged }).first();
    if (!row) throw new Error('no such letter');
    const payload = new Uint8Array(row.payload).map((byte) => byte ^ 1);
    await rows.where({ _id: damaged }).updateAndCount({ payload });

    const folder = join(delta.home, 'export');
    const ran = await delta.bff(['export', folder]);
    expect(ran, ran.stderr).toMatchObject({
      code: 0,
      stdout: `Saved 1 letter in ${folder}.\n1 couldn't be opened.\n`,
    });
    expect((await readdir(folder)).sort()).toEqual([`${id}.json`, `${id}.txt`]);

    const read = await delta.bff(['read', damaged]);
    expect(read).toMatchObject({ code: 6, stdout: '' });
    expect(read.stderr).toContain('damaged or has been tampered with');
    await delta.close();
  });
});

describe('a refusal of the server', () => {
  const refusals: [RefusalCode, number][] = [
    ['forbidden', 1],
    ['internal', 1],
    ['unauthenticated', 3],
    ['too-many-requests', 4],
    ['unavailable', 4],
  ];

  it.each(refusals)('%s ends with the exit code %i', async (code, exitCode) => {
    const { limits } = world.container;
    const refuse = new AppError(code, 'Not now, please.', { retryAfterS: 30 });
    const count = async (rule: string) => {
      if (rule === 'letters by account') throw refuse;
    };
    Object.assign(world.container, { limits: { ...limits, count } });
    try {
      const ran = await alpha.bff(['write', '--to', 'beta', '--title', 'A title'], 'Words.');
      expect(ran).toMatchObject({ code: exitCode, stdout: '' });
      expect(ran.stderr).toBe('Not now, please.\nTry again in 30 seconds.\n');
    } finally {
      Object.assign(world.container, { limits });
    }
  });

  it('of an account that is not ready ends as one that is not logged in', async () => {
    await startJoining(world, 'newcomer');
    const who = await openTerminal();
    const words = ['login', world.url, '--username', 'newcomer', '--password-stdin'];
    const ran = await who.bff(words, testPassword);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('recovery words');
    await who.close();
  });
});

describe('a friend who started afresh', () => {
  const password = 'another quiet password';

  /** Fresh keys for somebody who has lost password and words. */
  async function resetWithoutRecovery(username: string): Promise<BffClient> {
    const { accounts } = await world.as(null);
    await accounts.requestReset({ email: `${username}@example.test` });
    await world.settle();
    const mail = (await world.mails()).filter(({ to }) => to.startsWith(username)).at(-1);
    const token = /\/reset\/([A-Za-z0-9_-]{43})\b/.exec(mail?.text ?? '')?.[1] ?? '';
    const session = await accounts.resetWithoutRecovery({
      token,
      understood: true,
      password,
      confirm: password,
    });
    const words = (await (await world.as(session)).accounts.recoveryPhrase()) ?? [];
    await confirmTwoWords(world, { token: session.token, words });
    return logIn(username, password);
  }

  const readAs = async (id: string) => {
    const ran = await alpha.bff(['read', id]);
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
    return ran.stderr;
  };

  it('is not taken for the one who was known: writing waits, reading says so', async () => {
    const before = await gamma.letters.send({ to: 'alpha', title: 'With old keys', body: 'x' });
    await world.settle();
    expect(await readAs(before.id)).toBe('');
    const fresh = await resetWithoutRecovery('gamma');
    const after = await fresh.letters.send({ to: 'alpha', title: 'With new keys', body: 'x' });
    await world.settle();

    const refused = await alpha.bff(['write', '--to', 'gamma', '--title', 'A title'], 'Words.');
    expect(refused).toMatchObject({ code: 6, stdout: '' });
    expect(await readAs(after.id)).toMatch(/isn't the one you know, and the letter claims to be newer/);
    expect(await readAs(before.id)).toBe('');
    expect((await alpha.bff(['friends', 'gamma'])).stdout).toContain('The key has changed');
    expect((await alpha.bff(['friends', 'gamma', '--compared'])).code).toBe(0);
    expect(await readAs(after.id)).toBe('');
  });

  it('and was never seen before has written with a key that nobody knows here', async () => {
    const [mine, theirs] = [await logInByForm(world, 'alpha'), (await makePeople(world, 'epsilon'))[0]];
    if (!theirs) throw new Error('no epsilon');
    await befriend(world, { ...theirs, username: 'alpha', token: mine }, theirs);
    const { id } = await (await logIn('epsilon')).letters.send({ to: 'alpha', title: 'Early', body: 'x' });
    await resetWithoutRecovery('epsilon');
    await world.settle();
    expect((await alpha.bff(['friends', 'epsilon', '--compared'])).code).toBe(0);
    expect(await readAs(id)).toBe("The author's key isn't the one you know. Compare your safety numbers.\n");
  });
});
