import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAccount } from '#core/accounts/sealed-account.ts';
import { currentKdfParams, type KdfParams } from '#core/crypto/index.ts';
import { newId } from '#core/id.ts';
import { joinSealedInput } from '#core/schemas/sealed-accounts.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { callProcedure, listProcedures } from '#tests/support/http-procedures.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { enter } from '#tests/support/journey-visitors.ts';
import { passwordCost } from '#tests/support/older-password.ts';

/** What a password costs is for us to say: an account must not make the server work harder than others do. */

let world: ServedInstallation;
let alpha: Visitor;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false, passwords: { maxConcurrent: 2, maxWaiting: 40 } });
  alpha = createVisitor(world.url);
  await enter(world, alpha, 'alpha');
});
afterAll(() => world.close());

const costs: Record<string, KdfParams> = {
  '1 GiB and ten passes': { memoryKiB: 1_048_576, iterations: 10, parallelism: 1 },
  'one KiB more than today': { ...currentKdfParams, memoryKiB: currentKdfParams.memoryKiB + 1 },
  'one pass more': { ...currentKdfParams, iterations: currentKdfParams.iterations + 1 },
  'two lanes': { ...currentKdfParams, parallelism: 2 },
  'less memory': { ...currentKdfParams, memoryKiB: 19_456 },
  'one pass': { ...currentKdfParams, iterations: 1 },
};
const writers = [
  'accounts.joinSealed',
  'accounts.changePasswordSealed',
  'accounts.upgradePasswordSealed',
  'accounts.resetSealed',
  'accounts.resetWithoutRecoverySealed',
];

/** What all of the writers take together; each looks at its own part. */
let record: Awaited<ReturnType<typeof makeAccount>>['record'];
const owner = { userId: newId(), epoch: 1 };
beforeAll(async () => {
  const keyShare = new Uint8Array(32);
  ({ record } = await makeAccount(world.container.argon2, 'lantern otter waltz', owner, keyShare));
});

function inputWith(params: KdfParams) {
  const key = new Uint8Array(32);
  return {
    ...record,
    ...{ password: { ...record.password, params }, proof: { authKey: key }, phraseKey: key },
    ...{ userId: owner.userId, ticket: '1.0', username: 'heavy_one', email: 'heavy@example.test' },
    ...{ token: 'A'.repeat(43), understood: true, code: '' },
  };
}

describe('what a new password costs', () => {
  it('is checked by every procedure that takes keys made from one', () => {
    const taking = listProcedures().filter(({ fields }) => fields.includes('password'));
    const sealed = taking.filter(({ name }) => /Sealed$/.test(name) && name !== 'accounts.logInSealed');
    expect(sealed.map(({ name }) => name).sort()).toEqual([...writers].sort());
  });

  it.each(writers)('is today’s and nothing else: %s', async (name) => {
    const answer = async (params: KdfParams) =>
      (await callProcedure(alpha, { name, type: 'mutation' }, inputWith(params))).text;
    for (const [cost, params] of Object.entries(costs)) {
      expect(await answer(params), cost).toContain('This page is out of date');
      countRepelled();
    }
    // With today's the refusal, if any, is about something else.
    expect(await answer(currentKdfParams)).not.toContain('This page is out of date');
  });

  it('is written nowhere else', () => {
    expect(joinSealedInput.shape.password.shape.params.safeParse(currentKdfParams).success).toBe(true);
    for (const params of Object.values(costs))
      expect(joinSealedInput.shape.password.shape.params.safeParse(params).success).toBe(false);
  });
});

describe('an account whose stored password costs 1 GiB and ten passes', () => {
  it('costs the server nothing for a wrong password, nor for a right one, and says what to do', async () => {
    const user = await world.container.stores.users.findByUsername('alpha');
    if (!user) throw new Error('no alpha');
    const heavy = { memoryKiB: 1_048_576, iterations: 10 };
    await world.container.db.orm.users
      .where({ _id: user.id })
      .updateAndCount({ kdfMemoryKiB: heavy.memoryKiB, kdfIterations: heavy.iterations });
    expect(await passwordCost(world, 'alpha')).toMatchObject(heavy);
    const peak = process.resourceUsage().maxRSS;
    const tries = Array.from({ length: 20 }, (_, n) =>
      createVisitor(world.url).post('/login', { username: 'alpha', password: `a wrong password ${n}` }),
    );
    // Whoever else logs in meanwhile finds the server as it always is.
    const [other, ...answers] = await Promise.all([
      createVisitor(world.url).post('/login', { username: 'nobody_here', password: 'a wrong password' }),
      ...tries,
    ]);
    expect(other?.status).toBe(401);
    for (const { status, text } of answers) {
      expect(status).toBe(403);
      expect(text).toContain('Turn JavaScript on');
      countRepelled();
    }
    // A single derivation would have taken a gigabyte.
    expect(process.resourceUsage().maxRSS - peak).toBeLessThan(512 * 1024);
  });
});
