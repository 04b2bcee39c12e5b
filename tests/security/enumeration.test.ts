import * as devalue from 'devalue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomBytes } from '#core/bytes.ts';
import { DAY } from '#core/durations.ts';
import { compareTimes } from '#tests/support/compare-times.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { type Answer, createVisitor } from '#tests/support/http-client.ts';
import { callProcedure } from '#tests/support/http-procedures.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { enter } from '#tests/support/journey-visitors.ts';

/** Whether somebody has a name or an address is nobody's to find out, neither by what is answered nor by how fast. */

let world: ServedInstallation;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false, cheapPasswords: false });
  await enter(world, createVisitor(world.url), 'alpha');
});
afterAll(() => world.close());

const nobody = () => createVisitor(world.url);
const call = (name: string, type: string, input: unknown) => callProcedure(nobody(), { name, type }, input);

/** Each asks for a name that somebody has or one like it that nobody has; how many pairs are worth their time. */
const questions: Record<string, { pairs: number; ask: (known: boolean) => Promise<Answer> }> = {
  'a log-in with a wrong password': {
    pairs: 12,
    ask: (known) =>
      nobody().post('/login', { username: known ? 'alpha' : 'alphb', password: 'wrong password' }),
  },
  'a sealed log-in with a wrong key': {
    pairs: 40,
    ask: (known) =>
      call('accounts.logInSealed', 'mutation', {
        username: known ? 'alpha' : 'alphb',
        authKey: randomBytes(32),
      }),
  },
  'the parameters of a password': {
    pairs: 40,
    ask: (known) => call('accounts.kdf', 'query', { username: known ? 'alpha' : 'alphb' }),
  },
  'a forgotten password': {
    pairs: 12,
    ask: (known) => nobody().post('/forgot', { email: `${known ? 'alpha' : 'alphb'}@example.test` }),
  },
};

/** What is left of an answer without what differs in every one. */
function kindOf({ status, headers, text }: Answer): unknown {
  const { date: _, 'x-request-id': __, ...others } = headers;
  const policy = String(others['content-security-policy']).replace(/'nonce-[^']+'/g, '');
  const body = text
    .replace(/nonce="[^"]*"/g, '')
    .replace(/alph[ab]/g, 'NAME')
    // A salt is another one for every name; what it is like is tested below.
    .replace(/\\"[A-Za-z0-9+/]{22}==\\"/g, 'SALT')
    .replace(/<script\b.*?<\/script>/gs, '');
  return { status, headers: { ...others, 'content-security-policy': policy }, body };
}

describe.each(Object.entries(questions))('%s', (name, { pairs, ask }) => {
  it('is answered alike for every name', async () => {
    expect(kindOf(await ask(true))).toEqual(kindOf(await ask(false)));
    countRepelled();
  });

  it('takes as long for a name that somebody has as for one that nobody has', async () => {
    const timed = async (known: boolean) => {
      const started = performance.now();
      await ask(known);
      return performance.now() - started;
    };
    const measure = async () => {
      const times: [number, number][] = [];
      for (let n = 0; n < pairs; n += 1) {
        // Which comes first is drawn: the second of two may find a warmer server.
        const knownFirst = Math.random() < 0.5;
        const [first, second] = [await timed(knownFirst), await timed(!knownFirst)];
        times.push(knownFirst ? [first, second] : [second, first]);
      }
      return compareTimes(times);
    };
    await timed(true);
    await timed(false);
    let found = await measure();
    // What is there is found again; what one busy moment made up is not.
    if (found.tellsApart) found = await measure();
    expect(found, name).toMatchObject({ tellsApart: false });
    countRepelled(pairs);
  });
});

describe('the parameters of a password', () => {
  const read = async (username: string) => {
    const answer = await call('accounts.kdf', 'query', { username });
    expect(answer.status).toBe(200);
    const { result } = JSON.parse(answer.text) as { result: { data: string } };
    const { salt, ...others } = devalue.parse(result.data) as { salt: Uint8Array };
    return { salt: Buffer.from(salt).toString('hex'), others };
  };

  it('are made up for a name that nobody has: of the same kind, and the same every time', async () => {
    const known = await read('alpha');
    const salts = new Set([known.salt]);
    for (const name of ['nobody_here', 'alphb', 'zeta']) {
      const one = await read(name);
      expect(one).toEqual(await read(name));
      expect(one.others).toEqual(known.others);
      expect(one.salt).toHaveLength(known.salt.length);
      salts.add(one.salt);
    }
    expect(salts.size).toBe(4);
    countRepelled(3);
  });

  it('are made up anew from time to time, like those of people who change their password', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `nobody_${n}`);
    const step = 61 * DAY;
    const look = () => Promise.all(names.map(async (name) => (await read(name)).salt));
    let before = await look();
    // The same name answers the same within a moment.
    expect(await look()).toEqual(before);
    const changes = names.map(() => 0);
    let most = 0;
    for (let years = 0; years < 6; years += 1 / 6) {
      world.clock.advance(step);
      const now = await look();
      const changed = now.map((salt, index) => salt !== before[index]);
      for (const [index, is] of changed.entries()) if (is) changes[index] = (changes[index] ?? 0) + 1;
      most = Math.max(most, changed.filter(Boolean).length);
      before = now;
    }
    // About once a year, each name at moments of its own.
    expect(changes.filter((count) => count > 0).length).toBeGreaterThanOrEqual(11);
    expect(Math.max(...changes)).toBeLessThan(14);
    expect(most).toBeLessThan(10);
    // Nor does another name, whatever it looks like, give away that one is made up.
    const salts = new Set(before);
    for (const odd of ['salt229:nobody_0', 'draw229:nobody_0', 'nobody_0 since 229'])
      expect(salts.has((await read(odd)).salt)).toBe(false);
    countRepelled(names.length);
  });
});
