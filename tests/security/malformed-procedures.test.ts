import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { callInBatch, callProcedure, callWithJson, listProcedures } from '#tests/support/http-procedures.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { befriendByForms, enter, writeByForm } from '#tests/support/journey-visitors.ts';
import { hostileJson, hostileValues } from './hostile-values.ts';

/** Longer than any of these may keep the server busy, on a slow machine too, ms. */
const patience = 5_000;

let world: ServedInstallation;
let alpha: Visitor;
beforeAll(async () => {
  // With the limits of a real one, which look at an input before they count it; but without the outermost, which count
  // every call: this is more than anybody does in an hour, and all of it is to be looked at.
  world = await serveInstallation();
  const { limits } = world.container;
  const { count } = limits;
  limits.count = async (rule, ...rest) => {
    if (rule !== 'calls by address' && rule !== 'changes by account') await count(rule, ...rest);
  };
  const beta = createVisitor(world.url);
  alpha = createVisitor(world.url);
  await Promise.all([enter(world, alpha, 'alpha'), enter(world, beta, 'beta')]);
  await befriendByForms(alpha, beta, 'alpha');
  await writeByForm(alpha, 'send', { to: 'beta', title: 'Still here', body: 'Untouched.' });
  await world.settle();
});
afterAll(() => world.close());

// What is refused is no surprise: nothing of it may end as an unexpected error.
afterEach(() => {
  const surprises = world.logLines.filter((line) => /procedure failed|request failed/.test(line));
  world.logLines.length = 0;
  expect(surprises).toEqual([]);
});

const procedures = listProcedures();
const withInput = procedures.filter(({ fields }) => fields.length > 0);
const refusals = [400, 401, 403, 404, 409, 413, 429];

describe.each(withInput)('$name', (procedure) => {
  it('refuses what is no value of its fields', async () => {
    const values = Object.entries(hostileValues);
    const isLong = (value: unknown) => typeof value === 'string' && value.length > 5_000;
    const short = values.filter(([, value]) => !isLong(value));
    for (const field of procedure.fields) {
      const before = process.cpuUsage();
      const statuses = await callInBatch(
        alpha,
        procedure,
        short.map(([, value]) => ({ [field]: value })),
      );
      for (const [n, status] of statuses.entries()) {
        // Some are fitting after all: a draft may have any title, and a list any cursor.
        expect([200, ...refusals], `${procedure.name} { ${field}: ${short[n]?.[0]} }`).toContain(status);
      }
      expect(statuses).toHaveLength(short.length);
      countRepelled(statuses.filter((status) => status !== 200).length);
      // Ten passwords are ten derivations; anything else is done at once. Work is measured: time depends on who else works.
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1000, `${procedure.name} ${field}`).toBeLessThan(3 * patience);
    }
    if (procedure.type === 'query') return;
    const long = Object.fromEntries(procedure.fields.map((field) => [field, 'x'.repeat(100_000)]));
    expect(refusals).toContain((await callProcedure(alpha, procedure, long)).status);
    countRepelled();
  });
});

describe('an input that no client writes', () => {
  const tried = [
    'accounts.logIn',
    'accounts.confirmRecoveryPhrase',
    'letters.get',
    'drafts.save',
    'friends.request',
    'feedback.give',
  ];

  it.each(Object.entries(hostileJson))('is refused: %s', async (what, json) => {
    const found = procedures.filter(({ name }) => tried.includes(name));
    expect(found).toHaveLength(tried.length);
    for (const procedure of found) {
      if (procedure.type === 'query' && json.length > 5_000) continue;
      const started = performance.now();
      const answer = await callWithJson(alpha, procedure, json);
      const named = `${procedure.name} ${what}: ${answer.text.slice(0, 300)}`;
      expect(refusals, named).toContain(answer.status);
      expect(answer.text, named).not.toMatch(/devalue|SyntaxError|node_modules/);
      expect(performance.now() - started, named).toBeLessThan(patience);
      countRepelled();
    }
  });
});

describe('a procedure', () => {
  it('is found by its own name only', async () => {
    const names = [
      '__proto__',
      'constructor',
      'toString',
      'letters',
      'letters.',
      '.',
      'letters.__proto__',
      'letters.get.call',
      '%00',
      'a'.repeat(2_000),
    ];
    for (const name of names) {
      for (const type of ['query', 'mutation']) {
        const answer = await callProcedure(alpha, { name, type }, {});
        expect([400, 404, 405], `${name}: ${answer.text.slice(0, 200)}`).toContain(answer.status);
        countRepelled();
      }
    }
  });

  it('takes no body of another kind', async () => {
    for (const type of [
      'text/plain',
      'text/html',
      'application/xml',
      'multipart/form-data',
      'application/x-www-form-urlencoded',
      '',
    ]) {
      const answer = await alpha.ask('/api/trpc/friends.remove', {
        method: 'POST',
        headers: { origin: alpha.url, ...(type && { 'content-type': type }) },
        body: 'username=beta',
      });
      expect([400, 415], `${type}: ${answer.text.slice(0, 200)}`).toContain(answer.status);
      countRepelled();
    }
  });

  it('can be called three hundred times in one request', async () => {
    const names = Array.from({ length: 300 }, () => 'accounts.me').join(',');
    const answer = await alpha.get(`/api/trpc/${names}?batch=1&input=%7B%7D`);
    expect([200, 400, 413, 414, 431]).toContain(answer.status);
  });
});

it('has polluted nothing and changed nothing', async () => {
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect((await alpha.get('/sent')).text).toContain('Still here');
  expect((await alpha.get('/friends')).text).toContain('/friends/remove/beta');
  expect((await world.container.db.orm.users.all()).map(({ username }) => username).sort()).toEqual([
    'alpha',
    'beta',
  ]);
});
