import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import {
  confirmTwoWords,
  makePeople,
  type Person,
  refusalOf,
  startJoining,
  verificationToken,
} from '#tests/support/journey-people.ts';

/** Nobody can fill a stranger's mailbox, from however many accounts; and its owner can make an end of it. */

let world: ServedInstallation;
let people: Person[];
beforeAll(async () => {
  world = await serveInstallation();
  people = await makePeople(world, 'alpha', 'beta', 'gamma');
});
afterAll(() => world.close());

const mailsTo = async (email: string) => {
  await world.settle();
  return (await world.mails()).filter(({ to }) => to === email);
};

describe('the mailbox of a stranger', () => {
  const stranger = 'stranger@example.test';
  const joiners = ['bomber_1', 'bomber_2', 'bomber_3', 'bomber_4', 'bomber_5', 'bomber_6'];

  it('gets five mails a day, whoever asks for them: by joining, logging in, resending, correcting or changing', async () => {
    for (const name of joiners) {
      const joining = await startJoining(world, name, { email: stranger });
      await confirmTwoWords(world, joining);
      const { accounts } = await world.as(joining);
      for (let again = 0; again < 4; again += 1) await accounts.resendLink().catch(() => {});
    }
    for (const [n, person] of people.entries()) {
      const { emailChange } = await world.as(person);
      const proof = { password: person.password };
      const asked = await refusalOf(emailChange.request({ email: stranger, proof }));
      expect(asked, `${n}`).toBe('too-many-requests');
      countRepelled();
    }
    const { token } = await startJoining(world, 'bomber_7', { email: 'own@example.test' });
    const { accounts } = await world.as({ token });
    expect(await refusalOf(accounts.correctAddress({ email: stranger }))).toBe('too-many-requests');
    expect(await mailsTo(stranger)).toHaveLength(5);
    countRepelled(joiners.length);

    // The same mailbox by another address of it.
    const subaddress = 'stranger+letters@example.test';
    expect(await refusalOf(accounts.correctAddress({ email: subaddress }))).toBe('too-many-requests');
    expect(await mailsTo(subaddress)).toEqual([]);
    countRepelled();
  });

  it('holds one link an account that works, the newest', async () => {
    const mails = await mailsTo(stranger);
    const links = mails.flatMap(({ text }) => /\/verify\/(\S{43})/.exec(text)?.[1] ?? []);
    expect(links).toHaveLength(5);
    const nobody = await world.as(null);
    const answers = await Promise.all(
      links.map((token) => nobody.accounts.checkVerification({ token }).catch(() => null)),
    );
    const working = answers.filter((answer) => answer !== null);
    expect(working.map(({ username }) => username)).toEqual([...new Set(working.map((a) => a.username))]);
    expect(working.length).toBeLessThan(5);
    countRepelled();
  });

  it('is named with the account, and its owner says “This wasn’t me” without a script', async () => {
    const token = await verificationToken(world, stranger);
    const owner = createVisitor(world.url);
    const page = (await owner.get(`/verify/${token}`)).text;
    expect(page).toMatch(/create the account <strong>bomber_\d<\/strong>/);
    expect(page).toContain(stranger);
    const answer = await owner.post(`/verify/${token}`, { intent: 'refuse' });
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('Thanks for telling us') });
    const dead = await owner.get(`/verify/${token}`);
    expect(dead).toMatchObject({ status: 404, text: expect.stringContaining('no longer works') });
    const name = /create the account <strong>(bomber_\d)/.exec(page)?.[1] ?? '';
    const user = await world.container.stores.users.findByUsername(name);
    expect(user).toMatchObject({ emailVerifiedAt: null, addressTrouble: 'not-mine' });
    // Whoever made it gets no further mail out of it, however often.
    const before = (await mailsTo(stranger)).length;
    const nobody = await world.as(null);
    const again = await nobody.accounts.logIn({ username: name, password: 'lantern otter waltz' });
    if (again.outcome !== 'unverified') expect.fail(again.outcome);
    expect(await refusalOf((await world.as(again)).accounts.resendLink())).toBe('conflict');
    expect(await mailsTo(stranger)).toHaveLength(before);
    countRepelled(2);
    // And who owns the mailbox can join with it.
    await confirmTwoWords(world, await startJoining(world, 'true_owner', { email: stranger }));
    const own = await verificationToken(world, stranger);
    expect((await nobody.accounts.verifyEmail({ token: own })).username).toBe('true_owner');
  });

  it('holds one link to a new password that works, the newest; it names the account and can be refused', async () => {
    const [alpha] = people;
    if (!alpha) throw new Error('nobody there');
    const nobody = await world.as(null);
    for (let times = 0; times < 6; times += 1) await nobody.accounts.requestReset({ email: alpha.email });
    const mails = (await mailsTo(alpha.email)).filter(({ text }) => text.includes('/reset/'));
    expect(mails.length).toBeLessThanOrEqual(3);
    const links = mails.flatMap(({ text }) => /\/reset\/(\S{43})/.exec(text)?.[1] ?? []);
    const newest = links.at(-1) ?? '';
    for (const token of links.slice(0, -1))
      expect(await refusalOf(nobody.accounts.checkReset({ token }))).toBe('not-found');
    const visitor = createVisitor(world.url);
    expect((await visitor.get(`/reset/${newest}`)).text).toContain('<strong>alpha</strong>');
    const refused = await visitor.post(`/reset/${newest}`, { intent: 'refuse' });
    expect(refused.location).toBe('/login?after=reset-refused');
    expect(await refusalOf(nobody.accounts.checkReset({ token: newest }))).toBe('not-found');
    countRepelled();
  });
});

it('the phone of a stranger gets five texts a day from however many accounts', async () => {
  // Without a gateway nothing is sent; the count comes first all the same.
  const { limits, serverKeys } = world.container;
  const number = await serverKeys.hashAddress('+491701234567');
  for (let times = 0; times < 5; times += 1) await limits.count('mobile code by number', number);
  expect(await refusalOf(wrapped(limits.count('mobile code by number', number)))).toBe('too-many-requests');
  countRepelled();
});

/** A service's refusal, as a procedure hands it on. */
const wrapped = (call: Promise<void>) =>
  call.catch((cause: unknown) => {
    throw new Error('refused', { cause });
  });
