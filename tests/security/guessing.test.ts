import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '#core/durations.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { type Answer, createVisitor } from '#tests/support/http-client.ts';
import { callInBatch, callProcedure, refusalIn } from '#tests/support/http-procedures.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { testPassword } from '#tests/support/journey-people.ts';
import {
  befriendByForms,
  confirmByForm,
  enter,
  joinByForm,
  writeByForm,
} from '#tests/support/journey-visitors.ts';
import { setUpApp, waitingLogIn } from '#tests/support/second-factor.ts';

let world: ServedInstallation;
const nobody = () => createVisitor(world.url);
const call = (name: string, input: unknown, type = 'mutation'): Promise<Answer> =>
  callProcedure(nobody(), { name, type }, input);

describe('codes of an app, guessed over HTTP by who knows the password', () => {
  beforeAll(async () => {
    world = await serveInstallation();
  });
  afterAll(() => world.close());

  it('are tried ten times from a place, one by one or in one request, and then not even the right one', async () => {
    const alpha = createVisitor(world.url);
    await enter(world, alpha, 'alpha');
    const phone = await setUpApp(world, { token: alpha.cookies.get('bff') ?? '' });
    const wrongs = Array.from({ length: 1_000 }, (_, n) => String(n).padStart(6, '0')).filter(
      (code) => code !== phone.shownCode(),
    );
    const give = async (code: string) =>
      call('secondFactor.giveCode', { challenge: await waitingLogIn(world, { username: 'alpha' }), code });
    for (const code of wrongs.slice(0, 4)) expect((await give(code)).status).toBe(400);
    const challenge = await waitingLogIn(world, { username: 'alpha' });
    const inputs = wrongs.slice(4, 204).map((code) => ({ challenge, code }));
    const statuses = await callInBatch(nobody(), { name: 'secondFactor.giveCode', type: 'mutation' }, inputs);
    expect(statuses.filter((status) => status === 400).length).toBeLessThanOrEqual(6);
    expect(statuses).not.toContain(200);
    for (let n = 0; n < 6; n += 1) await give(wrongs[300 + n] ?? '');
    const right = await give(phone.nextCode());
    expect(right.status).toBe(429);
    expect(refusalIn(right)).toBe('too-many-requests');
    countRepelled(4 + inputs.length + 7);
  });
});

describe('links of mails', () => {
  /** What each kind of link is for; the first only looks. */
  const uses: Record<string, { name: string; type?: string; input?: object }[]> = {
    verify: [{ name: 'accounts.verifyEmail' }],
    reset: [
      { name: 'accounts.checkReset', type: 'query' },
      { name: 'accounts.openReset' },
      {
        name: 'accounts.resetWithoutRecovery',
        input: { understood: true, password: 'a fine new password', confirm: 'a fine new password' },
      },
    ],
    email: [
      { name: 'emailChange.check', type: 'query' },
      { name: 'emailChange.agree' },
      { name: 'emailChange.refuse' },
    ],
    unsubscribe: [
      { name: 'notifications.checkUnsubscribe', type: 'query' },
      { name: 'notifications.unsubscribe' },
    ],
  };
  const tokens: [kind: string, token: string][] = [];

  beforeAll(async () => {
    world = await serveInstallation({ rateLimits: false });
    const [alpha, beta, joining] = [nobody(), nobody(), nobody()];
    await Promise.all([enter(world, alpha, 'alpha'), enter(world, beta, 'beta')]);
    await befriendByForms(alpha, beta, 'alpha');
    await confirmByForm(joining, await joinByForm(joining, 'gamma'));
    await writeByForm(beta, 'send', { to: 'alpha', title: 'Hello', body: 'Words.' });
    await world.settle();
    await alpha.post('/settings/email', { email: 'other@example.test', current: testPassword });
    await nobody().post('/forgot', { email: 'beta@example.test' });
    await world.settle();
    for (const { text, to } of await world.mails()) {
      // Those of alpha and beta were used up by joining.
      const [, kind = '', token = ''] =
        /\/(verify|reset|email|unsubscribe)\/([A-Za-z0-9_.-]{40,})/.exec(text) ?? [];
      if (token && (kind !== 'verify' || to === 'gamma@example.test')) tokens.push([kind, token]);
    }
  });
  afterAll(() => world.close());

  it('are there, one of each kind at least', () => {
    expect(new Set(tokens.map(([kind]) => kind))).toEqual(new Set(Object.keys(uses)));
  });

  it('open nothing else than what they are for: neither as a call nor as a page', async () => {
    expect(tokens.length).toBeGreaterThan(3);
    for (const [kind, token] of tokens) {
      for (const [other, calls] of Object.entries(uses)) {
        if (other === kind) continue;
        for (const { name, type, input } of calls) {
          const answer = await call(name, { token, ...input }, type);
          expect([400, 404], `${kind} as ${name}: ${answer.text}`).toContain(answer.status);
          countRepelled();
        }
        const page = await nobody().post(`/${other}/${token}`, { words: 'x', intent: 'agree' });
        expect(page.status, `${kind} at /${other}`).toBeGreaterThanOrEqual(400);
        expect(page.cookies).toEqual([]);
        countRepelled();
      }
      for (const session of [{ authorization: `Bearer ${token}` }, { cookie: `bff=${token}` }]) {
        expect((await nobody().get('/api/trpc/letters.countNew', session)).status).toBe(401);
        countRepelled();
      }
    }
  });

  it('still work for what they are for, until they are too old', async () => {
    const look = (kind: string, token: string) => {
      const [{ name, type } = { name: '' }] = uses[kind] ?? [];
      return call(name, { token }, type);
    };
    expect(tokens.length).toBeGreaterThan(3);
    for (const [kind, token] of tokens)
      if (kind !== 'verify') expect((await look(kind, token)).status, kind).toBe(200);
    world.clock.advance(8 * DAY);
    for (const [kind, token] of tokens) {
      // Leaving a list is possible for as long as the mail lies about.
      if (kind === 'unsubscribe') continue;
      expect((await look(kind, token)).status, kind).toBe(404);
      countRepelled();
    }
  });
});
