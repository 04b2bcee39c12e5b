import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '#server/db/client.ts';
import { createStores, type Stores } from '#server/stores.ts';
import { type AppProcess, startApp } from '#tests/support/app-process.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { openInstallation } from '#tests/support/installation.ts';
import { refusalOf, startJoining } from '#tests/support/journey-people.ts';

/** A server in a process of its own, started again and again on the same data. */
let app: AppProcess;
afterEach(() => app.dispose());

const script = 'tests/support/serve-plain.ts';
const withDemo = { SEED_DEMO: 'true' };
const opened = { APP_URL: 'http://letters.example.test' };

/** What becomes of a log-in as things are now; the server is stopped. */
async function logIn(username: string, password: string, env: Record<string, string> = {}): Promise<string> {
  await app.stop();
  const dataDir = await mkdtemp(join(tmpdir(), 'bff-started-'));
  await cp(app.dataDir, dataDir, { recursive: true });
  const world = await openInstallation({ dataDir, rateLimits: false, env });
  try {
    const tried = (await world.as(null)).accounts.logIn({ username, password });
    return await tried.then(
      ({ outcome }) => outcome,
      () => refusalOf(tried),
    );
  } finally {
    await world.close();
  }
}

/** Looks into the stopped server's database, or changes something there. */
async function betweenStarts<Result>(look: (stores: Stores) => Promise<Result>): Promise<Result> {
  await app.stop();
  const db = await openDatabase({ dataDir: app.dataDir });
  try {
    return await look(createStores(db));
  } finally {
    await db.close();
  }
}

describe('demo friends', () => {
  it('are locked once other machines can reach the server, which says so; never come back once they are gone', async () => {
    app = await startApp({ script, env: withDemo });
    expect(await logIn('alpha', 'test1234')).toBe('logged-in');
    await app.restart({ env: opened });
    expect(app.events('demo friends locked')).toMatchObject([
      { hint: expect.stringContaining('alpha and beta') },
    ]);
    for (const name of ['alpha', 'beta']) {
      expect(await logIn(name, 'test1234')).toBe('forbidden');
      countRepelled();
    }
    await app.restart({ env: withDemo });
    expect(await logIn('beta', 'test1234')).toBe('logged-in');

    await betweenStarts(async ({ users }) => {
      for (const name of ['alpha', 'beta']) {
        const { id = '' } = (await users.findByUsername(name)) ?? {};
        await users.scheduleDeletion(id, new Date(0));
        expect(await users.deleteLeaving(id, new Date())).toBe(true);
      }
    });
    await app.restart({ env: withDemo });
    expect(await logIn('alpha', 'test1234')).toBe('unauthenticated');
  }, 300_000);

  it('touch nobody who has one of their names, and leave nobody behind', async () => {
    // Nor is one of them made where others can come in, however empty it is.
    app = await startApp({ script, env: { ...withDemo, ...opened } });
    for (const name of ['alpha', 'beta'])
      expect(await betweenStarts(({ users }) => users.findByUsername(name))).toBeNull();
    const world = await openInstallation({ dataDir: app.dataDir });
    await startJoining(world, 'alpha');
    await world.container.close();
    await app.restart({ env: withDemo });
    for (const name of ['alpha', 'beta']) {
      expect(await logIn(name, 'test1234')).toBe('unauthenticated');
      countRepelled();
    }
    const [alpha, beta, installation] = await betweenStarts(async ({ users, installation }) => [
      await users.findByUsername('alpha'),
      await users.findByUsername('beta'),
      await installation.find(),
    ]);
    expect(alpha).toMatchObject({ emailVerifiedAt: null, recoveryConfirmedAt: null, lockedAt: null });
    expect(beta).toBeNull();
    expect(installation).toMatchObject({ demo: 'none', demoUserIds: [] });
  }, 300_000);
});

describe('a secret that is not the one of the database', () => {
  it('keeps the server from starting, with the reason, and harms nothing', async () => {
    const right = { APP_SECRET: 'the first secret of this installation' };
    app = await startApp({ script, env: right });
    await app.stop();
    const wrong = app.restart({ env: { APP_SECRET: 'another secret, as somebody has mistyped it' } });
    await expect(wrong).rejects.toThrow('APP_SECRET does not match this database');
    await expect(app.restart({ env: { APP_SECRET: '' } })).rejects.toThrow('is missing: restore it');
    countRepelled(2);
    await app.restart({ env: right });
    expect(app.events('listening')).toHaveLength(2);
  }, 300_000);
});

describe('a server that other machines can reach', () => {
  it('says at its start what is missing for them: the address people open, https, and mail', async () => {
    app = await startApp({ script, env: { HOST: '0.0.0.0' } });
    const hints = () => app.events('setting to look at').map(({ hint }) => String(hint));
    await expect.poll(hints).toHaveLength(3);
    expect(hints()).toEqual([
      expect.stringContaining('set SMTP_URL'),
      expect.stringContaining('set APP_URL to the address people open'),
      expect.stringContaining('Without https'),
    ]);
  });
});
