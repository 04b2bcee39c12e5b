import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DAY, MINUTE } from '#core/durations.ts';
import { accountsSweep } from '#server/deletion/deletion.jobs.ts';
import { MailRefused } from '#server/mail/mailer.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import { createVisitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import {
  confirmTwoWords,
  makePerson,
  refusalOf,
  startJoining,
  testPassword,
  verificationToken,
} from '#tests/support/journey-people.ts';
import { confirmByForm, joinByForm } from '#tests/support/journey-visitors.ts';

let world: ServedInstallation;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
});
afterAll(() => world.close());
const unconfirmed = async (username: string) => {
  const result = await (await world.as(null)).accounts.logIn({ username, password: testPassword });
  if (result.outcome !== 'unverified') throw new Error(`log-in ended with ${result.outcome}`);
  return (await world.as(result)).accounts;
};

describe('a typing error in the address, without a script', () => {
  it('is seen on the page that waits for the mail, corrected there, and the right address confirmed', async () => {
    const visitor = createVisitor(world.url);
    await confirmByForm(visitor, await joinByForm(visitor, 'mistyped'));
    const wrong = await verificationToken(world, 'mistyped@example.test');
    const page = (await visitor.get('/join/mail')).text;
    expect(page).toContain('value="mistyped@example.test"');
    // The address is there to be corrected, and one button stands out.
    expect(page.match(/button-primary/g)).toHaveLength(1);
    const refused = await visitor.post('/join/mail', { intent: 'correct', email: 'right@example.test.' });
    expect(refused).toMatchObject({
      status: 400,
      text: expect.stringContaining('Remove the dot at the end'),
    });
    expect(refused.text).toContain('value="right@example.test."');
    const corrected = await visitor.post('/join/mail', { intent: 'correct', email: 'right@example.test' });
    expect(corrected.location).toBe('/join/mail?done=corrected');
    const token = await verificationToken(world, 'right@example.test');
    expect(await refusalOf((await world.as(null)).accounts.verifyEmail({ token: wrong }))).toBe('not-found');
    await visitor.get(`/verify/${token}`);
    const elsewhere = createVisitor(world.url);
    expect((await elsewhere.post(`/verify/${token}`, {})).text).toContain('Welcome, mistyped!');
    expect((await elsewhere.post(`/verify/${token}`, {})).text).toContain('Already done, mistyped');
    expect((await visitor.get(`/verify/${token}`)).text).toContain('Already done, mistyped');
    expect((await visitor.get('/join/mail')).text).toContain('Your address is confirmed');
  });

  it.each([
    ['"anna"@example.test', 'quotation marks'],
    ['anna@example.test.', 'Remove the dot at the end'],
    ['anna.@example.test', 'Remove the dot before the @'],
    ['annaexample.test', 'missing an @'],
    ['anna@example', 'The ending is missing'],
  ])('is named when joining with %s', async (email, problem) => {
    const words = { username: 'careful', email, password: testPassword, confirm: testPassword };
    const refused = await createVisitor(world.url).post('/join', words);
    expect(refused).toMatchObject({ status: 400, text: expect.stringContaining(problem) });
  });

  it('is none where the address has letters of another script: it is kept in its ASCII form', async () => {
    const email = 'Anna@Bücher.example.test';
    const words = { username: 'anna_b', email, password: testPassword, confirm: testPassword };
    expect((await createVisitor(world.url).post('/join', words)).location).toBe('/join/words');
    const user = await world.container.stores.users.findByUsername('anna_b');
    expect(user?.email).toBe('anna@xn--bcher-kva.example.test');
  });

  it('is not made in a password of spaces alone, which is refused', async () => {
    const password = ' '.repeat(12);
    const words = { username: 'spacious', email: 'spacious@example.test', password, confirm: password };
    const refused = await createVisitor(world.url).post('/join', words);
    expect(refused).toMatchObject({ status: 400, text: expect.stringContaining('only of spaces') });
  });

  it('can be corrected after another log-in, too, and the link be sent again', async () => {
    await confirmTwoWords(world, await startJoining(world, 'another_day'));
    const visitor = createVisitor(world.url);
    const loggedIn = await visitor.post('/login', { username: 'another_day', password: testPassword });
    expect(loggedIn.location).toBe('/join/mail?after=login');
    const first = await verificationToken(world, 'another_day@example.test');
    expect((await visitor.post('/join/mail', { intent: 'resend' })).location).toBe('/join/mail?done=resent');
    const second = await verificationToken(world, 'another_day@example.test');
    expect(second).not.toBe(first);
    expect(await refusalOf((await world.as(null)).accounts.verifyEmail({ token: first }))).toBe('not-found');
    expect((await visitor.get('/inbox')).location).toMatch(/^\/join/);
  });

  it('is corrected by nobody who proved the password an hour ago', async () => {
    await confirmTwoWords(world, await startJoining(world, 'long_ago'));
    const visitor = createVisitor(world.url);
    await visitor.post('/login', { username: 'long_ago', password: testPassword });
    world.clock.advance(61 * MINUTE);
    const late = await visitor.post('/join/mail', { intent: 'correct', email: 'late@example.test' });
    expect(late).toMatchObject({ status: 403, text: expect.stringContaining('Log in again') });
    expect(await refusalOf((await world.as(null)).accounts.correctAddress({ email: 'x@example.test' }))).toBe(
      'unauthenticated',
    );
  });
});

it('a confirmed address is corrected by nobody on this way', async () => {
  const settled = await makePerson(world, 'settled');
  const { accounts } = await world.as(settled);
  expect(await refusalOf(accounts.correctAddress({ email: 'new@example.test' }))).toBe('conflict');
  expect(await refusalOf(accounts.resendLink())).toBe('conflict');
});

it('somebody whose keys are in the browser gets the same page, and no keys before the address is confirmed', async () => {
  await makePerson(world, 'sealed_one');
  const { stores } = world.container;
  const user = await stores.users.findByUsername('sealed_one');
  const { kdf, authKey } = await proofOf('sealed_one');
  expect(kdf).toBeDefined();
  vi.spyOn(stores.users, 'findByUsername').mockImplementation(
    async () => user && { ...user, emailVerifiedAt: null },
  );
  try {
    const result = await (await world.as(null)).accounts.logInSealed({ username: 'sealed_one', authKey });
    expect(result).toMatchObject({ outcome: 'unverified', token: expect.any(String) });
    expect(result).not.toHaveProperty('account');
  } finally {
    vi.restoreAllMocks();
  }
});

async function proofOf(username: string) {
  const { provePassword } = await import('#core/accounts/sealed-account.ts');
  const kdf = await (await world.as(null)).accounts.kdf({ username });
  const { authKey } = await provePassword(world.container.argon2, testPassword, kdf);
  return { kdf, authKey };
}

describe('an address that the mail server refuses for good', () => {
  it('is shown to whoever joins, until it is corrected', async () => {
    const { mailer } = world.container;
    const refuse = vi.spyOn(mailer, 'send').mockRejectedValue(new MailRefused('refused (550).', '550'));
    try {
      const visitor = createVisitor(world.url);
      await confirmByForm(visitor, await joinByForm(visitor, 'bouncing'));
      await world.settle();
      const page = (await visitor.get('/join/mail')).text;
      expect(page).toContain('Our email came back');
      refuse.mockRestore();
      await visitor.post('/join/mail', { intent: 'correct', email: 'taking@example.test' });
      await verificationToken(world, 'taking@example.test');
      expect((await visitor.get('/join/mail')).text).toContain('Check your email');
    } finally {
      vi.restoreAllMocks();
    }
  });

  it('is shown to whoever changes to it', async () => {
    const person = await makePerson(world, 'changing');
    const { mailer } = world.container;
    vi.spyOn(mailer, 'send').mockRejectedValue(new MailRefused('refused (550).', '550'));
    try {
      const { emailChange } = await world.as(person);
      await emailChange.request({ email: 'nowhere@example.test', proof: { password: testPassword } });
      await world.settle();
      const visitor = createVisitor(world.url);
      visitor.cookies.set('bff', person.token);
      expect((await visitor.get('/settings/email')).text).toContain('our email couldn’t be delivered');
    } finally {
      vi.restoreAllMocks();
    }
  });
});

it('the name of an account that was never confirmed is free again after a week', async () => {
  await confirmTwoWords(world, await startJoining(world, 'nice_name'));
  const sweep = async () => {
    await enqueue(world.container.queue, accountsSweep, {});
    await world.settle();
  };
  world.clock.advance(6 * DAY);
  await sweep();
  await unconfirmed('nice_name');
  world.clock.advance(DAY + 5 * MINUTE);
  await sweep();
  await makePerson(world, 'nice_name');
  world.clock.advance(30 * DAY);
  await sweep();
  expect(await world.container.stores.users.findByUsername('nice_name')).toMatchObject({ deleteAt: null });
  expect(await refusalOf(startJoining(world, 'nice_name'))).toBe('conflict');
});
