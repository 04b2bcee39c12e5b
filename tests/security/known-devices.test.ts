import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '#core/durations.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { logIn, makePerson, type Person, refusalOf, testPassword } from '#tests/support/journey-people.ts';

/** The cookie of a device that was logged in before is worth something only until its owner changes something. */

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const home = '203.0.113.9';
let world: Installation;
let alpha: Person;
let password = testPassword;
beforeAll(async () => {
  world = await openInstallation();
  alpha = await makePerson(world, 'alpha');
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance(DAY));

async function logInAs(device?: string, from = home) {
  const { accounts } = await world.as(null, from, device, firefox);
  const result = await accounts.logIn({ username: 'alpha', password });
  if (result.outcome !== 'logged-in') throw new Error(`log-in ended with ${result.outcome}`);
  return result;
}
async function mailsOfNewDevices(): Promise<number> {
  await world.settle();
  return (await world.mails()).filter(({ subject }) => subject === 'A new device logged in').length;
}
const changePassword = async (who: { token: string }) => {
  const next = `${testPassword} ${Math.random()}`;
  const change = { current: password, password: next, confirm: next };
  const renewed = await (await world.as(who)).accounts.changePassword(change);
  password = next;
  return renewed;
};
/** Each step is a request of its own. */
async function confirmRecoveryPhrase(who: { token: string }) {
  const words = (await (await world.as(who)).accounts.recoveryPhrase()) ?? [];
  const answers = [1, 2].map((position) => ({ position, word: words[position - 1] ?? '' }));
  const confirmed = await (await world.as(who)).accounts.confirmRecoveryPhrase({ answers });
  if (!confirmed.loggedIn) throw new Error('not logged in');
  return confirmed;
}
const renewRecoveryPhrase = async (who: { token: string }) => {
  await (await world.as(who)).accounts.renewRecoveryPhrase({ current: password });
  return confirmRecoveryPhrase(who);
};
const endOthers = async (who: { token: string }) => ({
  ...who,
  ...(await (await world.as(who)).devices.endOthers()),
});

const resetWithoutRecovery = async () => {
  await (await world.as(null)).accounts.requestReset({ email: alpha.email });
  await world.settle();
  const token = /\/reset\/([\w-]{43})/.exec((await world.mails()).at(-1)?.text ?? '')?.[1] ?? '';
  password = `${testPassword} ${Math.random()}`;
  const input = { token, understood: true as const, password, confirm: password };
  return confirmRecoveryPhrase(await (await world.as(null)).accounts.resetWithoutRecovery(input));
};

describe.each([
  ['a new password', changePassword],
  ['new recovery words', renewRecoveryPhrase],
  ['ending all other devices', endOthers],
  ['a fresh start by mail', resetWithoutRecovery],
])('after %s', (_, change) => {
  it('a device that was known is a new one, and the one it was done on stays known', async () => {
    const [mine, stolen] = [await logInAs(), await logInAs()];
    const before = await mailsOfNewDevices();
    await logInAs(stolen.device);
    await logInAs(stolen.device, '198.51.100.7');
    expect(await mailsOfNewDevices()).toBe(before);

    const renewed = await change(mine);
    await logInAs(renewed.device);
    expect(await mailsOfNewDevices()).toBe(before);
    await logInAs(stolen.device, '192.0.2.200');
    expect(await mailsOfNewDevices()).toBe(before + 1);
    countRepelled();
    // A place where it was logged in before the change does not make it known, either.
    await logInAs(stolen.device, '198.51.100.7');
    expect(await mailsOfNewDevices()).toBe(before + 2);
    countRepelled();
  });
});

describe('the cookie of a known device', () => {
  const guess = async (device: string | undefined, from: string) =>
    refusalOf(
      (await world.as(null, from, device, firefox)).accounts.logIn({
        username: 'alpha',
        password: 'a guess',
      }),
    );

  it('gives no place of its own any more, once the password is another one', async () => {
    const stolen = await logInAs();
    await changePassword(stolen);
    const from = '192.0.2.50';
    for (let n = 0; n < 5; n += 1) await guess(undefined, from);
    expect(await guess(stolen.device, from)).toBe('too-many-requests');
    countRepelled();
  });

  it('is worth no more guesses for there being many of them', async () => {
    const devices = [];
    for (let n = 0; n < 8; n += 1) devices.push((await logInAs(undefined, `198.51.100.${n}`)).device);
    const from = '192.0.2.60';
    const outcomes: string[] = [];
    for (const device of devices) for (let n = 0; n < 4; n += 1) outcomes.push(await guess(device, from));
    // Twenty for all of them; after that they are as good as the network they come from, which is used up at five.
    expect(outcomes.filter((outcome) => outcome === 'unauthenticated').length).toBe(25);
    expect(outcomes.at(-1)).toBe('too-many-requests');
    countRepelled(outcomes.length);
    // The owner is let in from anywhere else.
    await logIn(world, 'alpha', password);
  });
});
