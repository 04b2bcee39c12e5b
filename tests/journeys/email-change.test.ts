import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOUR } from '#core/durations.ts';
import { changeLinkHash } from '#server/email-change/answer-email-change.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { logIn, makePeople, type Person, refusalOf, testPassword } from '#tests/support/journey-people.ts';

let world: Installation;
let alpha: Person;
let beta: Person;
/** Each test has an address of its own, so that no mail of another is taken for its. */
let count = 0;
let fresh: string;

beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  [alpha, beta] = (await makePeople(world, 'alpha', 'beta')) as [Person, Person];
});
afterAll(() => world.close());
beforeEach(async () => {
  count += 1;
  fresh = `fresh${count}@example.test`;
  await (await of(alpha)).cancel();
});

const of = async (person: Person | null) => (await world.as(person)).emailChange;
const ask = async (email: string, password = testPassword) =>
  (await of(alpha)).request({ email, proof: { password } });
const addressOf = async () => (await (await of(alpha)).state()).email;

/** The token of the latest link mailed to an address. */
async function linkTo(address: string): Promise<string> {
  await world.settle();
  const mail = (await world.mails()).filter(({ to }) => to === address).at(-1);
  return /\/email\/([A-Za-z0-9_-]{43})\b/.exec(mail?.text ?? '')?.[1] ?? expect.fail('no link was mailed');
}

/** Both links of a wish: to the new address, and to the one that is used now. */
async function bothLinks() {
  return { toNew: await linkTo(fresh), toOld: await linkTo(await addressOf()) };
}
const agree = async (token: string) => (await of(null)).agree({ token });

describe('another e-mail address', () => {
  it.each(['new first', 'old first'])('is used once both mailboxes have agreed, the %s', async (order) => {
    const before = await addressOf();
    await ask(` ${fresh.toUpperCase()} `);
    const { toNew, toOld } = await bothLinks();
    const [first, second] = order === 'new first' ? [toNew, toOld] : [toOld, toNew];
    expect(await (await of(null)).check({ token: toOld })).toEqual({
      username: 'alpha',
      side: 'old',
      email: fresh,
    });
    expect(await agree(first)).toMatchObject({ changed: false });
    expect(await addressOf()).toBe(before);
    expect((await (await of(alpha)).state()).waiting).toMatchObject({
      email: fresh,
      newAgreed: first === toNew,
      oldAgreed: first === toOld,
    });
    expect(await agree(second)).toMatchObject({ changed: true });
    expect(await (await of(alpha)).state()).toEqual({ email: fresh, waiting: null });

    // From here on the new address is the one that counts, and the old one is anybody's.
    await (await world.as(null)).accounts.requestReset({ email: fresh });
    await (await world.as(null)).accounts.requestReset({ email: before });
    await world.settle();
    const latest = (await world.mails()).slice(-1);
    expect(latest.map(({ to, subject }) => [to, subject])).toEqual([[fresh, 'Reset your password']]);
    expect(await logIn(world, 'alpha')).toBeTruthy();
  });

  it('takes each link once, also twice at the same moment, and one side never speaks for the other', async () => {
    await ask(fresh);
    const { toNew, toOld } = await bothLinks();
    const twice = await Promise.all([refusalOf(agree(toNew)), refusalOf(agree(toNew))]);
    expect(twice.sort()).toEqual(['no refusal', 'not-found']);
    expect(await refusalOf(agree(toNew))).toBe('not-found');
    expect(await refusalOf((await of(null)).check({ token: toNew }))).toBe('not-found');
    expect(await refusalOf((await of(null)).refuse({ token: toNew }))).toBe('not-found');
    expect((await (await of(alpha)).state()).waiting).toMatchObject({ newAgreed: true, oldAgreed: false });
    await agree(toOld);
    expect(await addressOf()).toBe(fresh);
  });

  it('is changed once when both mailboxes agree at the same moment', async () => {
    await ask(fresh);
    const { toNew, toOld } = await bothLinks();
    await Promise.all([agree(toNew), agree(toOld)]);
    expect(await (await of(alpha)).state()).toEqual({ email: fresh, waiting: null });
  });

  it.each(['toNew', 'toOld'] as const)(
    'is called off by the link %s, whatever the other one says',
    async (by) => {
      const before = await addressOf();
      await ask(fresh);
      const links = await bothLinks();
      const other = by === 'toNew' ? links.toOld : links.toNew;
      await agree(other);
      await (await of(null)).refuse({ token: links[by] });
      expect(await refusalOf(agree(links[by]))).toBe('not-found');
      expect(await (await of(alpha)).state()).toEqual({ email: before, waiting: null });
    },
  );

  it('is called off by the person, and replaced by another wish: older links are dead', async () => {
    await ask(fresh);
    const first = await bothLinks();
    await (await of(alpha)).cancel();
    for (const token of Object.values(first)) expect(await refusalOf(agree(token))).toBe('not-found');
    await ask(fresh);
    const second = await bothLinks();
    const other = `other-${fresh}`;
    await ask(other);
    await world.settle();
    for (const token of Object.values(second)) expect(await refusalOf(agree(token))).toBe('not-found');
    expect((await (await of(alpha)).state()).waiting).toMatchObject({ email: other, newAgreed: false });
  });

  it('is no more to be had after a day', async () => {
    await ask(fresh);
    const { toNew, toOld } = await bothLinks();
    await agree(toNew);
    world.clock.advance(24 * HOUR);
    expect(await refusalOf(agree(toOld))).toBe('not-found');
    expect((await (await of(alpha)).state()).waiting).toBeNull();
  });

  it('needs the password, a whole address, and one that is not there already', async () => {
    await expect(ask(fresh, 'not the password')).rejects.toMatchObject({
      cause: { code: 'invalid-input', fields: { current: expect.any(String) } },
    });
    for (const email of ['', 'nothing', 'a@b', `${'x'.repeat(250)}@example.test`, await addressOf()]) {
      await expect(ask(email)).rejects.toMatchObject({
        cause: { code: 'invalid-input', fields: { email: expect.any(String) } },
      });
    }
    const wrongProof = { email: fresh, proof: { authKey: new Uint8Array(32) } };
    expect(await refusalOf((await of(alpha)).request(wrongProof))).toBe('invalid-input');
    await world.settle();
    expect((await world.mails()).filter(({ to }) => to === fresh)).toEqual([]);
    expect((await (await of(alpha)).state()).waiting).toBeNull();
  });

  it('says nothing of an address that is somebody’s: only its owner is told, and no link comes of it', async () => {
    await ask(fresh);
    const free = await (await of(alpha)).state();
    await ask(beta.email);
    const taken = await (await of(alpha)).state();
    const shape = { newAgreed: false, oldAgreed: false, bounced: false, expiresAt: expect.any(Date) };
    expect(free.waiting).toEqual({ email: fresh, ...shape });
    expect(taken.waiting).toEqual({ email: beta.email, ...shape });
    await world.settle();
    const toBeta = (await world.mails()).filter(({ to }) => to === beta.email).at(-1);
    expect(toBeta?.subject).toBe('This address already belongs to your account');
    expect(toBeta?.text).not.toMatch(/\/email\/|alpha/);
    expect(await agree(await linkTo(await addressOf()))).toMatchObject({ side: 'old', changed: false });
    expect((await (await of(beta)).state()).email).toBe(beta.email);
  });

  it('stays when somebody else has verified the new one meanwhile', async () => {
    const before = await addressOf();
    await ask(fresh);
    const { toNew, toOld } = await bothLinks();
    await agree(toNew);
    await (await of(beta)).request({ email: fresh, proof: { password: testPassword } });
    const toBeta = await linkTo(beta.email);
    const newOfBeta = await linkTo(fresh);
    await agree(toBeta);
    await agree(newOfBeta);
    expect(await refusalOf(agree(toOld))).toBe('conflict');
    expect(await (await of(alpha)).state()).toEqual({ email: before, waiting: null });
    beta.email = fresh;
  });

  it('is finished by the next look at it when it was interrupted after both had agreed', async () => {
    await ask(fresh);
    const { toNew, toOld } = await bothLinks();
    await agree(toNew);
    const { emailChanges } = world.container.stores;
    await emailChanges.agree(await changeLinkHash(world.container, toOld), 'old', world.container.now());
    expect(await (await of(alpha)).state()).toEqual({ email: fresh, waiting: null });
  });

  it('has links that are good for nothing else, and is opened by no other link', async () => {
    await ask(fresh);
    const { toNew, toOld } = await bothLinks();
    const { accounts } = await world.as(null);
    for (const token of [toNew, toOld]) {
      expect(await refusalOf(accounts.verifyEmail({ token }))).toBe('not-found');
      expect(await refusalOf(accounts.checkReset({ token }))).toBe('not-found');
    }
    await accounts.requestReset({ email: await addressOf() });
    await world.settle();
    const reset = /\/reset\/([A-Za-z0-9_-]{43})\b/.exec((await world.mails()).at(-1)?.text ?? '')?.[1] ?? '';
    expect(await refusalOf(agree(reset))).toBe('not-found');
    await agree(toNew);
    await agree(toOld);
    // The reset link went to an address that is not the account's any more.
    expect(await refusalOf(accounts.checkReset({ token: reset }))).toBe('not-found');
  });
});
