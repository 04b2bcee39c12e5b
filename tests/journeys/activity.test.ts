import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DAY } from '#core/durations.ts';
import type { EventKind } from '#core/schemas/activity.ts';
import { recordEvent } from '#server/audit/record-event.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import {
  confirmTwoWords,
  logIn,
  makePeople,
  type Person,
  readAllPages,
  refusalOf,
  testPassword,
} from '#tests/support/journey-people.ts';

let world: Installation;
let alpha: Person;
let beta: Person;
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  [alpha, beta] = (await makePeople(world, 'alpha', 'beta')) as [Person, Person];
});
afterAll(() => world.close());

const activity = async (who: Person = alpha) => (await (await world.as(who)).activity.list({})).items;
const kinds = async (who?: Person) => (await activity(who)).map(({ kind }) => kind);
/** What was noted while something was done, oldest first. */
async function noted(act: () => Promise<unknown>, who?: Person): Promise<EventKind[]> {
  const before = (await kinds(who)).length;
  await act();
  return (await kinds(who)).slice(0, -before).reverse();
}
const mailsTo = async (email: string) => {
  await world.settle();
  return (await world.mails()).filter(({ to }) => to === email);
};

describe('the activity of an account', () => {
  it('begins with confirmed words and a log-in, each with its moment, device and shortened address', async () => {
    expect(await kinds()).toEqual(['logged-in', 'words-confirmed']);
    expect(await activity()).toMatchObject([
      { device: 'A program', address: '192.0.x.x', at: expect.any(Date) },
      { device: 'A program', address: '192.0.x.x' },
    ]);
    expect(JSON.stringify(await activity())).not.toMatch(/192\.0\.2|A test/);
  });

  it('has a wrong password, at the account whose name was typed and at no other', async () => {
    const nobody = await world.as(null);
    const before = (await kinds()).length;
    for (const username of [' ALPHA', 'nobody_at_all'])
      expect(await refusalOf(nobody.accounts.logIn({ username, password: 'wrong' }))).toBe('unauthenticated');
    await vi.waitFor(async () => expect((await kinds())[0]).toBe('log-in-failed'), 5_000);
    expect(await kinds()).toHaveLength(before + 1);
    expect(await kinds(beta)).toEqual(['logged-in', 'words-confirmed']);
  });

  it('has changes of password, words, devices and addresses', async () => {
    const me = async () => world.as(alpha);
    expect(
      await noted(async () => {
        const change = {
          current: testPassword,
          password: 'otter lantern waltz',
          confirm: 'otter lantern waltz',
        };
        alpha.token = (await (await me()).accounts.changePassword(change)).token;
      }),
    ).toEqual(['password-changed']);
    expect(
      await noted(async () => {
        await (await me()).accounts.renewRecoveryPhrase({ current: 'otter lantern waltz' });
        const words = (await (await me()).accounts.recoveryPhrase()) ?? [];
        const answers = [1, 2].map((position) => ({ position, word: words[position - 1] ?? '' }));
        const confirmed = await (await me()).accounts.confirmRecoveryPhrase({ answers });
        alpha.words = words;
        if (confirmed.loggedIn) alpha.token = confirmed.token;
      }),
    ).toEqual(['words-renewed', 'words-confirmed']);
    expect(
      await noted(async () => {
        await logIn(world, 'alpha', 'otter lantern waltz');
        await (await me()).devices.endOthers();
        // There is nothing left to end.
        await (await me()).devices.endOthers();
      }),
    ).toEqual(['new-device', 'logged-in', 'other-devices-ended']);
    expect(
      await noted(async () => {
        const proof = { password: 'otter lantern waltz' };
        await (await me()).emailChange.request({ email: 'other@example.test', proof });
        await (await me()).emailChange.cancel();
        await (await me()).emailChange.cancel();
      }),
    ).toEqual(['email-change-asked', 'email-change-cancelled']);
  });

  it('has a reset with the words, from the session it starts', async () => {
    await (await world.as(null)).accounts.requestReset({ email: alpha.email });
    const mail = (await mailsTo(alpha.email)).at(-1);
    const token = /\/reset\/([A-Za-z0-9_-]{43})\b/.exec(mail?.text ?? '')?.[1] ?? '';
    const before = (await kinds()).length;
    const password = { password: testPassword, confirm: testPassword };
    const reset = { token, words: alpha.words.join(' '), ...password };
    const started = await (await world.as(null)).accounts.resetPassword(reset);
    const words = (await (await world.as(started)).accounts.recoveryPhrase()) ?? [];
    await confirmTwoWords(world, { token: started.token, words });
    alpha.token = await logIn(world, 'alpha');
    const since = (await kinds()).slice(0, -before);
    expect(since).toEqual(['logged-in', 'new-device', 'words-confirmed', 'password-reset']);
  });

  it('has a mail to its owner when a log-in comes from somewhere new, and never twice from there', async () => {
    const from = (userAgent: string, address: string) => async () => {
      const caller = await world.as(null, address, undefined, userAgent);
      return caller.accounts.logIn({ username: 'beta', password: testPassword });
    };
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    expect(await mailsTo(beta.email)).not.toContainEqual(
      expect.objectContaining({ subject: 'A new device logged in' }),
    );
    expect(await noted(from(firefox, '203.0.113.9'), beta)).toEqual(['new-device', 'logged-in']);
    const mail = (await mailsTo(beta.email)).at(-1);
    expect(mail?.subject).toBe('A new device logged in');
    expect(mail?.text).toContain('Firefox on Linux at 203.0.x.x.');
    expect(mail?.text).not.toContain('203.0.113.9');
    expect(await noted(from(firefox, '203.0.99.1'), beta)).toEqual(['logged-in']);
    expect(await noted(from(firefox, '198.51.100.1'), beta)).toEqual(['new-device', 'logged-in']);
    const { device } = (await from(firefox, '198.51.100.1')()) as { device: string };
    const known = await world.as(null, '100.64.0.1', device, 'Another');
    expect(
      await noted(() => known.accounts.logIn({ username: 'beta', password: testPassword }), beta),
    ).toEqual(['logged-in']);
  });

  it('is kept ninety days, read page by page, and is nobody else’s', async () => {
    const { container } = world;
    const user = await container.stores.users.findByUsername('alpha');
    const before = (await readAllPages((cursor) => list(alpha, cursor))).items.length;
    for (let n = 0; n < 45; n += 1) await recordEvent(container, user?.id ?? '', 'exported');
    const all = await readAllPages((cursor) => list(alpha, cursor));
    expect(all.items).toHaveLength(before + 45);
    expect(new Set(all.items.map(({ id }) => id)).size).toBe(before + 45);
    expect(await kinds(beta)).not.toContain('exported');
    for (const cursor of ['x', '../..', 'A'.repeat(100)]) expect(await list(alpha, cursor)).toBeTruthy();
    expect(await refusalOf(list(alpha, 'x'.repeat(101)))).toBe('invalid-input');
    world.clock.advance(91 * DAY);
    alpha.token = await logIn(world, 'alpha');
    expect(await kinds()).toEqual(['logged-in']);
  });

  it('breaks nothing when it cannot be written', async () => {
    const { audit } = world.container.stores;
    const insert = vi.spyOn(audit, 'insert').mockRejectedValue(new Error('the disk is full'));
    const has = vi.spyOn(audit, 'has').mockRejectedValue(new Error('the disk is full'));
    expect(await logIn(world, 'alpha')).toBeTruthy();
    insert.mockRestore();
    expect(await logIn(world, 'alpha')).toBeTruthy();
    has.mockRestore();
    expect(world.logLines.join('')).toContain('not recorded');
  });
});

const list = async (who: Person, cursor?: string | null) =>
  (await world.as(who)).activity.list({ cursor: cursor ?? undefined });
