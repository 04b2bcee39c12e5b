import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '#server/db/client.ts';
import { createStores, type Stores } from '#server/stores.ts';
import { type AppProcess, startApp } from '#tests/support/app-process.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor } from '#tests/support/http-client.ts';
import { callProcedure } from '#tests/support/http-procedures.ts';
import { buildPages } from '#tests/support/installation-http.ts';

/** A server as an operator starts it, in a process of its own, again and again on the same data. */
let app: AppProcess;
beforeAll(buildPages, 240_000);
afterEach(() => app.dispose());

const withDemo = { SEED_DEMO: 'true' };
const opened = { APP_URL: 'http://letters.example.test' };

/** Whether a name and a password open an account: the status of the answer. */
async function statusOf(username: string, password: string): Promise<number> {
  const input = { username, password };
  const visitor = createVisitor(app.url);
  return (await callProcedure(visitor, { name: 'accounts.logIn', type: 'mutation' }, input)).status;
}

async function join(username: string): Promise<void> {
  const password = 'lantern otter waltz';
  const input = { username, email: `${username}@example.test`, password, confirm: password };
  const visitor = createVisitor(app.url);
  const { status } = await callProcedure(visitor, { name: 'accounts.join', type: 'mutation' }, input);
  expect(status).toBe(200);
}

/** Looks into the database between two starts, or changes something there. */
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
  it('are locked once other machines can reach the server, which says so, and are back when none can', async () => {
    app = await startApp({ env: withDemo });
    expect(await statusOf('alpha', 'test1234')).toBe(200);
    await app.stop();
    await app.restart({ env: opened });
    expect(app.events('demo friends locked')).toMatchObject([
      { hint: expect.stringContaining('alpha and beta') },
    ]);
    for (const name of ['alpha', 'beta']) {
      expect(await statusOf(name, 'test1234')).toBe(403);
      countRepelled();
    }
    const sessions = await betweenStarts(async ({ users, sessions }) => {
      const friends = await Promise.all(['alpha', 'beta'].map(users.findByUsername));
      return Promise.all(friends.map((friend) => sessions.listByUser(friend?.id ?? '')));
    });
    expect(sessions).toEqual([[], []]);
    await app.restart({ env: withDemo });
    expect(await statusOf('alpha', 'test1234')).toBe(200);
  });

  it('never come back once they are gone, and the server starts without them', async () => {
    app = await startApp({ env: withDemo });
    for (const name of ['alpha', 'beta'])
      await betweenStarts(async ({ users }) => {
        const { id = '' } = (await users.findByUsername(name)) ?? {};
        const past = new Date(0);
        expect(await users.scheduleDeletion(id, past)).toBe(true);
        expect(await users.deleteLeaving(id, new Date())).toBe(true);
      });
    await app.restart({ env: withDemo });
    expect(await statusOf('alpha', 'test1234')).toBe(401);
  });

  it('touch nobody who has one of their names, and leave nobody behind', async () => {
    app = await startApp({ env: opened });
    await join('alpha');
    await app.stop();
    await app.restart({ env: withDemo });
    expect(await statusOf('alpha', 'test1234')).toBe(401);
    expect(await statusOf('beta', 'test1234')).toBe(401);
    countRepelled(2);
    const [alpha, beta, letters] = await betweenStarts(async ({ users, installation }) => [
      await users.findByUsername('alpha'),
      await users.findByUsername('beta'),
      await installation.find(),
    ]);
    expect(alpha).toMatchObject({ emailVerifiedAt: null, recoveryConfirmedAt: null, lockedAt: null });
    expect(beta).toBeNull();
    expect(letters).toMatchObject({ demo: 'none', demoUserIds: [] });
  });
});

describe('a secret that is not the one of the database', () => {
  it('keeps the server from starting, with the reason, and harms nothing', async () => {
    const right = { APP_SECRET: 'the first secret of this installation' };
    app = await startApp({ env: { ...withDemo, ...right } });
    await app.stop();
    for (const env of [{ APP_SECRET: 'another secret, as somebody has mistyped it' }, {}]) {
      const start = app.restart({ env: { ...withDemo, APP_SECRET: '', ...env } });
      await expect(start).rejects.toThrow(
        /is not the secret that this database belongs to|is missing: restore it/,
      );
      countRepelled();
    }
    await app.restart({ env: right });
    expect(await statusOf('alpha', 'test1234')).toBe(200);
  });
});
