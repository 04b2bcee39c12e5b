import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '#core/schemas/limits.ts';
import { leaks } from '#tests/support/canary-places.ts';
import { openTerminal, type Terminal } from '#tests/support/command-line.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import {
  logIn as logInByForm,
  makeFriends,
  makePerson,
  testPassword,
} from '#tests/support/journey-people.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { makePasswordOlder } from '#tests/support/older-password.ts';
import { setUpApp } from '#tests/support/second-factor.ts';
import { saveSession } from '../../cli/session-file.ts';
import { createBffClient, type SavedSession } from '../../client/node.ts';

let world: ServedInstallation;
let alpha: Terminal;
let beta: Terminal;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false, cheapPasswords: false });
  await makeFriends(world);
  [alpha, beta] = await Promise.all([openTerminal(), openTerminal()]);
  for (const [who, username] of [
    [alpha, 'alpha'],
    [beta, 'beta'],
  ] as const) {
    const ran = await who.bff(['login', world.url, '--username', username, '--password-stdin'], testPassword);
    expect(ran, ran.stderr).toMatchObject({ code: 0, stdout: `You're logged in as ${username}.\n` });
  }
});
afterAll(async () => {
  await Promise.all([alpha.close(), beta.close()]);
  await world.close();
});

async function savedSessionOf(username: string): Promise<SavedSession> {
  const client = createBffClient({ url: world.url });
  await client.logIn({ username, password: testPassword });
  if (!client.session) throw new Error('nobody is logged in');
  return client.session;
}

const sessionFile = ({ home }: Terminal) => join(home, 'keys', 'session.json');

describe('letters in the terminal', () => {
  it('are written with photos, with progress, and read by the friend', async () => {
    const photo = join(alpha.home, 'lake.jpg');
    await writeFile(photo, await makePhoto(1, { width: 900, height: 600 }));
    const words = [
      'write',
      '--to',
      'beta',
      '--title',
      'From a terminal',
      '--photo',
      photo,
      '--caption',
      'the lake',
    ];
    const written = await alpha.bff(words, 'Dear beta,\n\nno window needed.\n');
    expect(written, written.stderr).toMatchObject({ code: 0 });
    expect(written.stderr).toContain('photo 1 of 1: sending');
    const id = /[0-9a-f]{24}/.exec(written.stdout)?.[0] ?? '';
    await world.settle();

    expect((await beta.bff(['inbox'])).stdout).toMatch(new RegExp(`^${id} .* alpha +\\(closed\\)$`, 'm'));
    const folder = join(beta.home, 'photos');
    const read = await beta.bff(['read', id, '--photos', folder]);
    expect(read.code).toBe(0);
    expect(read.stdout).toContain('From a terminal\nfrom alpha to beta');
    expect(read.stdout).toContain('Dear beta,\n\nno window needed.');
    expect(read.stdout).toContain('[photo 1: 900 × 600, the lake]');
    const [file = ''] = await readdir(folder);
    expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
    expect([...(await readFile(join(folder, file))).subarray(0, 2)]).toEqual([0xff, 0xd8]);
    expect((await beta.bff(['inbox'])).stdout).toContain('From a terminal');
    expect((await alpha.bff(['sent', '--json'])).json()).toMatchObject([{ id, title: 'From a terminal' }]);

    // What is kept for the next command opens letters, and holds none.
    const marks = ['From a terminal', 'no window needed.', 'the lake', testPassword];
    for (const terminal of [alpha, beta]) {
      const folder = join(terminal.home, 'keys');
      const files = await readdir(folder);
      expect(files).toEqual(expect.arrayContaining(['logins.json', 'session.json']));
      const places = await Promise.all(
        files.map(async (name) => ({ name, content: await readFile(join(folder, name)) })),
      );
      expect(
        leaks(
          places,
          marks.map((secret) => ({ name: secret, secret })),
        ),
      ).toEqual([]);
    }
  });

  it('cannot do anything to the terminal', async () => {
    const evil = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202egnp.exe\u0008\rHello';
    const client = createBffClient({ url: world.url, session: await savedSessionOf('alpha') });
    const { id } = await client.letters.send({
      to: 'beta',
      title: `Title${evil}`,
      body: `One\n${evil}`,
    });
    await world.settle();
    for (const words of [['read', id], ['read', id, '--json'], ['inbox'], ['inbox', '--json']]) {
      const { stdout, stderr, code } = await beta.bff(words);
      expect(code).toBe(0);
      expect(stdout).toContain('Hello');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
  });

  it('nor can a server, whatever it calls a friend', async () => {
    const { users } = world.container.db.orm;
    const call = (from: string, to: string) =>
      users.where({ username: from }).updateAndCount({ username: to });
    await call('beta', '\u001b]0;owned\u0007beta');
    try {
      for (const words of [['friends'], ['sent']]) {
        const { stdout, code } = await alpha.bff(words);
        expect(code).toBe(0);
        expect(stdout).toContain('owned\ufffdbeta');
        expect(stdout).not.toContain('\u001b');
      }
    } finally {
      await call('\u001b]0;owned\u0007beta', 'beta');
    }
  });

  it('are exported into a folder, everything opened', async () => {
    const folder = join(beta.home, 'export');
    const exported = await beta.bff(['export', folder, '--json']);
    const { letters } = exported.json() as { letters: string[] };
    expect(letters.length).toBeGreaterThan(1);
    for (const id of letters) {
      const letter = JSON.parse(await readFile(join(folder, `${id}.json`), 'utf8'));
      expect(letter.content.title).toBeTruthy();
      expect(await readFile(join(folder, `${id}.txt`), 'utf8')).toContain(letter.content.title);
    }
    expect(await readdir(join(folder, 'photos'))).toHaveLength(1);
  });

  it('know friends, the code and the safety number', async () => {
    const all = await alpha.bff(['friends']);
    expect(all.stdout).toMatch(/^beta /m);
    expect(all.stdout).toMatch(/Your friend code: [0-9A-Z]{10}/);
    const [one, other] = await Promise.all([
      alpha.bff(['friends', 'beta', '--json']),
      beta.bff(['friends', 'alpha', '--json']),
    ]);
    expect(one.json()).toMatchObject({
      safetyNumber: (other.json() as { safetyNumber: string }).safetyNumber,
    });
  });
});

describe('what is refused', () => {
  const tooLong = 'x'.repeat(limits.titleMax + 1);
  const codeOf = async (who: Terminal, words: string[], input?: string) => (await who.bff(words, input)).code;

  it('has an exit code that a script can tell apart', async () => {
    const nobody = await openTerminal();
    expect(await codeOf(nobody, ['inbox'])).toBe(3);
    expect(await codeOf(alpha, ['burn'])).toBe(2);
    expect(await codeOf(alpha, ['constructor'])).toBe(2);
    expect(await codeOf(alpha, ['read'])).toBe(2);
    expect(await codeOf(alpha, ['inbox', '--sideways'])).toBe(2);
    expect(await codeOf(alpha, ['read', '0'.repeat(24)])).toBe(5);
    expect(await codeOf(alpha, ['write', '--to', 'beta', '--title', tooLong], 'y')).toBe(1);
    expect(
      await codeOf(alpha, ['write', '--to', 'beta', '--title', 'A title', '--photo', '/no/such.jpg'], 'y'),
    ).toBe(5);
    expect(
      await codeOf(nobody, ['login', 'http://127.0.0.1:9', '--username', 'a', '--password-stdin'], 'x\n'),
    ).toBe(4);
    expect(await codeOf(nobody, ['login', world.url, '--password', 'secret'])).toBe(2);
    const wrong = ['login', world.url, '--username', 'alpha', '--password-stdin'];
    expect(await codeOf(nobody, wrong, 'not the password\n')).toBe(3);
    await nobody.close();
  });

  it('is JSON where JSON was asked for', async () => {
    const refused = await alpha.bff(['write', '--to', 'beta', '--title', tooLong, '--json'], 'y');
    expect(refused.json()).toMatchObject({
      error: { code: 'invalid-input', fields: { title: expect.any(String) } },
    });
  });
});

describe('the file with the keys', () => {
  it('is for its owner only, and is not used when others can read it', async () => {
    const who = await openTerminal();
    await saveSession(await savedSessionOf('alpha'), sessionFile(who));
    expect((await stat(sessionFile(who))).mode & 0o777).toBe(0o600);
    expect((await stat(join(who.home, 'keys'))).mode & 0o777).toBe(0o700);
    for (const mode of [0o640, 0o604, 0o660]) {
      await chmod(sessionFile(who), mode);
      const { code, stderr } = await who.bff(['inbox']);
      expect(code).toBe(1);
      expect(stderr).toContain('Other users can read');
    }
    await chmod(sessionFile(who), 0o600);
    expect((await who.bff(['inbox'])).code).toBe(0);
    await who.close();
  });

  it('replaces a link instead of writing through it', async () => {
    const who = await openTerminal();
    await mkdir(join(who.home, 'keys'));
    await writeFile(join(who.home, 'shared'), 'before', { mode: 0o644 });
    await symlink(join(who.home, 'shared'), sessionFile(who));
    await saveSession(await savedSessionOf('alpha'), sessionFile(who));
    expect(await readFile(join(who.home, 'shared'), 'utf8')).toBe('before');
    await who.close();
  });

  it('leaves no keys behind of a log-in that was killed while it saved, nor takes one away that is still saving', async () => {
    const who = await openTerminal();
    const session = await savedSessionOf('alpha');
    await saveSession(session, sessionFile(who));
    // No process has such a number.
    await writeFile(`${sessionFile(who)}.99999999`, JSON.stringify(session), { mode: 0o600 });
    await writeFile(`${sessionFile(who)}.${process.pid}`, '', { mode: 0o600 });
    expect((await who.bff(['logout'])).code).toBe(0);
    expect(await readdir(join(who.home, 'keys'))).toEqual([`session.json.${process.pid}`]);
    await who.close();
  });

  it('is gone after logging out, and the session with it', async () => {
    const who = await openTerminal();
    const session = await savedSessionOf('alpha');
    await saveSession(session, sessionFile(who));
    expect((await who.bff(['logout'])).code).toBe(0);
    expect(await readdir(join(who.home, 'keys'))).toEqual([]);
    expect(await createBffClient({ url: world.url, session }).me()).toBeNull();
    expect((await who.bff(['logout'])).code).toBe(0);
    await who.close();
  });
});

describe('the server a log-in goes to', () => {
  const attempt = async (who: Terminal, url: string) =>
    who.bff(['login', url, '--username', 'alpha', '--password-stdin', '--json'], testPassword);

  it('is spoken to without encryption on this machine only', { timeout: 240_000 }, async () => {
    const who = await openTerminal();
    for (const url of [
      'http://localhost.evil.example',
      'http://127.0.0.1.evil.example:3000',
      'http://localhost@evil.example',
      'http://192.0.2.1:3000',
    ]) {
      const { code, stdout } = await attempt(who, url);
      expect(code, url).toBe(1);
      expect(JSON.parse(stdout).error, url).toMatchObject({
        code: 'invalid-input',
        message: expect.stringContaining('uses plain http only on this machine'),
      });
      countRepelled();
    }
    for (const url of ['ftp://127.0.0.1', 'localhost:99999'])
      expect((await attempt(who, url)).json(), url).toMatchObject({
        error: { code: 'invalid-input', message: expect.stringContaining("isn't a web address") },
      });
    // A name alone is loopback only when it is the whole name: by https nobody answers here.
    const port = new URL(world.url).port;
    const byName = (name: string) => attempt(who, `${name}:${port}`);
    expect((await byName('127.0.0.1')).json()).toMatchObject({ url: world.url });
    expect((await byName('127.0.0.1@localhost.evil.example')).json()).toMatchObject({
      error: { code: 'network' },
    });
    await who.close();
  });

  it('is not obeyed when it asks for less work, or another salt, than last time', {
    timeout: 240_000,
  }, async () => {
    await makePerson(world, 'delta');
    const who = await openTerminal();
    const logIn = (password: string, ...more: string[]) =>
      who.bff(['login', world.url, '--username', 'delta', '--password-stdin', ...more], password);
    expect((await logIn(testPassword)).code).toBe(0);
    expect((await who.bff(['logout'])).code).toBe(0);
    const remembered = await readFile(join(who.home, 'keys', 'logins.json'), 'utf8');
    expect(Object.keys(JSON.parse(remembered))).toEqual([`delta@${world.url}`]);

    const { users } = world.container.stores;
    const now = await users.findByUsername('delta');
    await makePasswordOlder(world, 'delta', testPassword, {
      memoryKiB: 32_768,
      iterations: 2,
      parallelism: 1,
    });
    const weaker = await logIn(testPassword);
    expect(weaker.code).toBe(6);
    expect(weaker.stderr).toContain('weaker protection');
    countRepelled();
    expect((await logIn(testPassword, '--accept-change')).code).toBe(0);
    // The cost that was raised again asks nobody.
    const older = await users.findByUsername('delta');
    if (!now || !older) throw new Error('no delta');
    const { kdfSalt, kdfMemoryKiB, kdfIterations, kdfParallelism, authVerifier, wrappedAmk, secretVersion } =
      now;
    const kdf = { kdfSalt, kdfMemoryKiB, kdfIterations, kdfParallelism };
    await users.upgradePasswordKeys(older, { ...kdf, authVerifier, wrappedAmk, secretVersion });
    expect((await logIn(testPassword)).code).toBe(0);

    const change = { current: testPassword, password: 'a new lantern 7', confirm: 'a new lantern 7' };
    const browser = { token: await logInByForm(world, 'delta') };
    await (await world.as(browser)).accounts.changePassword(change);
    const replaced = await logIn('a new lantern 7');
    expect(replaced.code).toBe(6);
    expect(replaced.stderr).toContain('Your password has changed since your last login from here');
    expect((await logIn('a new lantern 7', '--accept-change')).code).toBe(0);
    expect((await logIn('a new lantern 7')).code).toBe(0);
    await who.close();
  });
});

describe('a log-in with a second factor', () => {
  it('takes the code from the second line, and does nothing without', async () => {
    const phone = await setUpApp(world, await makePerson(world, 'gamma'));
    const gamma = await openTerminal();
    const words = ['login', world.url, '--username', 'gamma', '--password-stdin'];
    expect((await gamma.bff(words, `${testPassword}\n12345\n`)).code).toBe(1);
    const ran = await gamma.bff(words, `${testPassword}\n${phone.nextCode()}\n`);
    expect(ran, ran.stderr).toMatchObject({ code: 0, stdout: "You're logged in as gamma.\n" });
    expect((await gamma.bff(['inbox'])).code).toBe(0);
    await gamma.close();
  });
});
