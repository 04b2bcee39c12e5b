import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentKdfParams } from '#core/crypto/index.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { type Answer, createVisitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { confirmByForm, enter, joinByForm } from '#tests/support/journey-visitors.ts';

let world: ServedInstallation;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false, passwords: { maxConcurrent: 2, maxWaiting: 4 } });
  await enter(world, createVisitor(world.url), 'alpha');
  const unverified = createVisitor(world.url);
  await confirmByForm(unverified, await joinByForm(unverified, 'unverified'));
  await joinByForm(createVisitor(world.url), 'wordless');
  await world.settle();
});
afterAll(() => world.close());

const logIn = (username: string, password: string) =>
  createVisitor(world.url).post('/login', { username, password });

async function workOf(act: () => Promise<unknown>) {
  const before = world.derivations.length;
  await act();
  return world.derivations.slice(before);
}
const shown = (answer: Answer) =>
  answer.text
    .replace(/<script\b.*?<\/script>/gs, '')
    .replace(/value="[^"]*"/g, '')
    .replace(/nonce="[^"]*"/g, '');

const today = { memoryKiB: currentKdfParams.memoryKiB, iterations: currentKdfParams.iterations };
const unknownNames = [
  'nobody_here',
  'x',
  'a name that cannot be',
  'alphaa',
  '<script>',
  'alpha@example.test',
];

describe('a wrong password', () => {
  it('costs the server one derivation of today’s strength, whether the name is known or not', async () => {
    for (const name of ['alpha', 'unverified', 'wordless', ...unknownNames]) {
      expect(await workOf(() => logIn(name, 'wrong password')), name).toEqual([today]);
    }
  });

  it('is answered in the same words and with the same page for every name', async () => {
    const known = await logIn('alpha', 'wrong password');
    expect(known.status).toBe(401);
    expect(known.cookies).toEqual([]);
    for (const name of ['unverified', 'wordless', ...unknownNames]) {
      const other = await logIn(name, 'wrong password');
      expect(other.status, name).toBe(401);
      expect(shown(other), name).toBe(shown(known));
      expect(Object.keys(other.headers).sort(), name).toEqual(Object.keys(known.headers).sort());
      countRepelled();
    }
  });

  it('sends no mail and starts no session', async () => {
    const mails = (await world.mails()).length;
    const sessions = (await world.container.db.orm.sessions.all()).length;
    await logIn('unverified', 'wrong password');
    await world.settle();
    expect(await world.mails()).toHaveLength(mails);
    expect(await world.container.db.orm.sessions.all()).toHaveLength(sessions);
  });
});

describe('a refused form', () => {
  it('costs nothing when it cannot be right: no password, or one longer than there is', async () => {
    expect(await workOf(() => logIn('alpha', ''))).toEqual([]);
    expect(await workOf(() => logIn('alpha', 'x'.repeat(1_001)))).toEqual([]);
    expect(await workOf(() => logIn('', 'some password'))).toEqual([]);
    const join = {
      username: 'new_one',
      email: 'no address',
      password: 'lantern otter',
      confirm: 'lantern otter',
    };
    expect(await workOf(() => createVisitor(world.url).post('/join', join))).toEqual([]);
  });
});

describe('joining', () => {
  it('costs the same for an address that is verified already and for a new one, and answers alike', async () => {
    const join = (username: string, email: string) => {
      const password = 'lantern otter waltz';
      return createVisitor(world.url).post('/join', { username, email, password, confirm: password });
    };
    const answers: Answer[] = [];
    for (const [n, email] of ['alpha@example.test', 'unheard_of@example.test'].entries()) {
      expect(await workOf(async () => answers.push(await join(`joiner${n}`, email)))).toEqual([today]);
    }
    const [taken, free] = answers;
    expect(taken).toMatchObject({ status: 302, location: '/join/words' });
    expect(free).toMatchObject({ status: 302, location: '/join/words' });
    expect(Object.keys(taken?.headers ?? {})).toEqual(Object.keys(free?.headers ?? {}));
  });
});

describe('many log-ins at once', () => {
  it('wait for their turn or are asked to come back, and the server goes on', async () => {
    const attempts = await Promise.all(
      Array.from({ length: 28 }, (_, n) => logIn(`nobody${n}`, 'wrong password')),
    );
    const statuses = new Set(attempts.map(({ status }) => status));
    for (const status of statuses) expect([401, 503]).toContain(status);
    // Of one network, two are checked at once and twenty wait.
    expect(attempts.filter(({ status }) => status === 401).length).toBe(22);
    countRepelled(attempts.length);
    expect(attempts.filter(({ status }) => status === 503)[0]?.text).toContain(
      'A lot of people are logging in right now',
    );
    expect((await logIn('alpha', 'lantern otter waltz')).status).toBe(302);
  });
});
