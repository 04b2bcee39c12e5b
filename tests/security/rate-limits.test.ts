import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { type Answer, createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { callInBatch, callProcedure, refusalIn } from '#tests/support/http-procedures.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { befriendByForms, enter, writeByForm } from '#tests/support/journey-visitors.ts';

let world: ServedInstallation;
beforeEach(async () => {
  world = await serveInstallation();
});
afterEach(() => world.close());

const nobody = () => createVisitor(world.url);
const wait = /Try again in (a second|\d+ seconds|a minute|\d+ minutes)\./;
const password = 'lantern otter waltz';

/** Tries until the answer is 429; how many were let through before. */
async function triesUntilRefused(most: number, attempt: () => Promise<Answer>) {
  for (let tries = 0; tries < most; tries += 1) {
    const answer = await attempt();
    if (answer.status !== 429) {
      countRepelled();
      continue;
    }
    expect(answer.text).toMatch(wait);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    countRepelled();
    return tries;
  }
  throw new Error(`not refused after ${most} tries`);
}

describe('log-in', () => {
  it('takes five wrong passwords for a name, then waits, and locks out nobody else', async () => {
    const alpha = createVisitor(world.url);
    await Promise.all([enter(world, alpha, 'alpha'), enter(world, createVisitor(world.url), 'beta')]);
    const guess = () => nobody().post('/login', { username: 'alpha', password: 'wrong password' });
    expect(await triesUntilRefused(20, guess)).toBe(5);

    // The right password does not get through from there either, or guessing on would pay.
    const right = await nobody().post('/login', { username: 'ALPHA ', password });
    expect(right.status).toBe(429);
    expect(right.text).toContain('value="ALPHA "');
    // But alpha gets in from anywhere else, beta from the same place, and who is logged in stays so.
    const elsewhere = (await world.as(null, '198.51.100.9')).accounts;
    expect(await elsewhere.logIn({ username: 'alpha', password })).toMatchObject({ outcome: 'logged-in' });
    expect((await nobody().post('/login', { username: 'beta', password })).status).toBe(302);
    expect((await alpha.get('/inbox')).status).toBe(200);
    // And on a device that was logged in before, even from the same place.
    await alpha.post('/logout', {});
    expect((await alpha.post('/login', { username: 'alpha', password })).status).toBe(302);
  });

  it('starts counting afresh after a success', async () => {
    await enter(world, createVisitor(world.url), 'alpha');
    for (const tries of [4, 4]) {
      for (let wrong = 0; wrong < tries; wrong += 1) {
        expect(
          (await nobody().post('/login', { username: 'alpha', password: 'wrong password' })).status,
        ).toBe(401);
      }
      expect((await nobody().post('/login', { username: 'alpha', password })).status).toBe(302);
    }
  });
});

describe('joining', () => {
  it('is let through thirty times an hour from one address', async () => {
    await enter(world, createVisitor(world.url), 'taken');
    const fields = { username: 'taken', email: 'x@example.test', password, confirm: password };
    expect(await triesUntilRefused(40, () => nobody().post('/join', fields))).toBe(29);
    expect((await nobody().post('/join', fields)).text).toContain('value="x@example.test"');
    const elsewhere = (await world.as(null, '198.51.100.9')).accounts;
    const { username: _, ...rest } = fields;
    expect(await elsewhere.join({ ...rest, username: 'newcomer' })).toHaveProperty('token');
  });
});

describe('friend codes', () => {
  it('can be guessed thirty times an hour, whether looked at or used, in pages or procedures', async () => {
    const [alpha, beta] = [createVisitor(world.url), createVisitor(world.url)];
    await Promise.all([enter(world, alpha, 'alpha'), enter(world, beta, 'beta')]);
    let n = 0;
    const guess = (visitor: Visitor) => {
      const code = `0000000${String(100 + n).padStart(3, '0')}`;
      n += 1;
      if (n % 3 === 0) return visitor.get(`/friends/add/${code}`);
      if (n % 3 === 1) return visitor.post(`/friends/add/${code}`, {});
      return callProcedure(visitor, { name: 'friends.lookUp', type: 'query' }, { code });
    };
    expect(await triesUntilRefused(40, () => guess(alpha))).toBe(30);
    expect(await triesUntilRefused(40, () => guess(beta))).toBe(30);
    // Sixty an address: a second account does not start from nought.
    const gamma = createVisitor(world.url);
    await enter(world, gamma, 'gamma');
    expect(await triesUntilRefused(40, () => guess(gamma))).toBe(0);
  });
});

describe('invitations', () => {
  it('can be guessed three hundred times an hour from one address', async () => {
    const guess = () =>
      callProcedure(nobody(), { name: 'friends.invitation', type: 'query' }, { code: '0000000000' });
    expect(await triesUntilRefused(320, guess)).toBe(300);
    expect((await nobody().get('/friends/add/00000-00000')).status).toBe(429);
    expect((await nobody().get('/join')).status).toBe(200);
  });
});

describe('one-time invitations', () => {
  it('can be guessed sixty times an hour by one account, and three hundred times from one address', async () => {
    const alpha = createVisitor(world.url);
    await enter(world, alpha, 'alpha');
    let n = 0;
    const guess = () => {
      const token = `AAAAAAAAAAAAAAAAAAA${String(100 + n)}`;
      n += 1;
      if (n % 3 === 0) return alpha.get(`/friends/join/${token}`);
      if (n % 3 === 1)
        return callProcedure(alpha, { name: 'invitations.accept', type: 'mutation' }, { token });
      return callProcedure(alpha, { name: 'invitations.open', type: 'query' }, { token });
    };
    expect(await triesUntilRefused(80, guess)).toBe(60);
    const read = () => nobody().get('/friends/join/AAAAAAAAAAAAAAAAAAAAAA');
    expect(await triesUntilRefused(260, read)).toBe(240);
  });
});

describe('verification links', () => {
  it('can be guessed thirty times an hour by the form, whose page looks each one up once more', async () => {
    const guess = () => nobody().post(`/verify/${'A'.repeat(43)}`, {});
    expect(await triesUntilRefused(80, guess)).toBe(30);
  });

  it('are counted one by one in a batch of calls', async () => {
    const inputs = Array.from({ length: 80 }, () => ({ token: 'A'.repeat(43) }));
    const statuses = await callInBatch(nobody(), { name: 'accounts.verifyEmail', type: 'mutation' }, inputs);
    expect(statuses.filter((status) => status === 404)).toHaveLength(60);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
    countRepelled(statuses.length);
  });
});

describe('feedback', () => {
  it('is taken ten times an hour, and what was typed is kept when it is not', async () => {
    const give = () => nobody().post('/feedback', { subject: 'Again', message: 'This text is not lost.' });
    expect(await triesUntilRefused(20, give)).toBe(10);
    expect((await give()).text).toContain('This text is not lost.');
    const stored = await world.container.db.orm.feedback.all();
    expect(stored).toHaveLength(10);
  });

  it('is taken no more often of one account, wherever it comes from', async () => {
    const alpha = createVisitor(world.url);
    await enter(world, alpha, 'alpha');
    const session = { token: alpha.cookies.get('bff') ?? '' };
    const give = async (n: number) =>
      (await world.as(session, `198.51.100.${n}`)).feedback.give({ subject: 'Again', message: 'And again.' });
    for (let n = 0; n < 10; n += 1) await give(n);
    await expect(give(10)).rejects.toThrow(/Try again in 60 minutes/);
  });
});

describe('letters', () => {
  it('are sent a hundred and twenty times an hour by one account, whichever way, and no more', async () => {
    const alpha = createVisitor(world.url);
    await enter(world, alpha, 'alpha');
    const again = () => callProcedure(alpha, { name: 'letters.retry', type: 'mutation' }, { id: newId() });
    for (let n = 0; n < 120; n += 1) expect((await again()).status).toBe(404);
    expect((await again()).status).toBe(429);
    countRepelled();
  });

  it('go to a new friend although no more drafts are saved: trusting a key counts by itself', async () => {
    const [alpha, beta] = [createVisitor(world.url), createVisitor(world.url)];
    await Promise.all([enter(world, alpha, 'alpha'), enter(world, beta, 'beta')]);
    await befriendByForms(alpha, beta, 'alpha');
    const { limits, stores } = world.container;
    const { id = '' } = (await stores.users.findByUsername('alpha')) ?? {};
    await limits.count('drafts by account', id, 1200);
    const letter = { to: 'beta', title: 'Our first', body: 'Hello.' };
    await expect(writeByForm(alpha, 'save', letter)).rejects.toThrow('429');
    countRepelled();
    await writeByForm(alpha, 'send', letter);
    expect((await stores.users.findById(id))?.pinsVersion).toBeGreaterThan(0);
  });

  it('wait while an account trusts more keys than it can have friends', async () => {
    const alpha = createVisitor(world.url);
    await enter(world, alpha, 'alpha');
    const { limits, stores } = world.container;
    const { id = '' } = (await stores.users.findByUsername('alpha')) ?? {};
    await limits.count('pins by account', id, 599);
    const save = { name: 'friends.savePins', type: 'mutation' };
    const pins = new Uint8Array(29).fill(1);
    const again = () => callProcedure(alpha, save, { pins, version: 7 });
    expect((await again()).status).toBe(200);
    expect((await again()).status).toBe(429);
    countRepelled();
  });
});

describe('reset links', () => {
  it('can be tried ten times with words, and what was typed is kept when they cannot', async () => {
    await enter(world, createVisitor(world.url), 'alpha');
    await nobody().post('/forgot', { email: 'alpha@example.test' });
    await world.settle();
    const mail = (await world.mails()).at(-1);
    const path = /(\/reset\/\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    const typed = 'abandon '.repeat(11);
    const again = { words: typed, password, confirm: password };
    const guess = () => nobody().post(path, again);
    expect(await triesUntilRefused(20, guess)).toBe(10);
    expect((await guess()).text).toContain(typed.trim());
    // Who looks at links too often is not told that this one is spent.
    const look = () => nobody().get(path);
    await triesUntilRefused(80, look);
    expect((await look()).text).toContain('recovery words');
  });
});

describe('a refusal', () => {
  it('tells a typed client when to come back', async () => {
    const call = { name: 'feedback.give', type: 'mutation' };
    const input = { subject: 'Again', message: 'And again.' };
    for (let n = 0; n < 10; n += 1) await callProcedure(nobody(), call, input);
    const refused = await callProcedure(nobody(), call, input);
    expect(refused.status).toBe(429);
    expect(refusalIn(refused)).toBe('too-many-requests');
    expect(refused.text).toMatch(/retryAfterS/);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_000);
  });
});
