import { afterEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '#core/durations.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import {
  makeFriends,
  makePerson,
  type Person,
  refusalOf,
  sendLetter,
} from '#tests/support/journey-people.ts';

const plain = {
  email: 'each',
  digestHour: 18,
  sms: false,
  quietFrom: '',
  quietTo: '',
  timeZone: '',
} as const;

let world: Installation;
afterEach(() => world.close());

const of = async (person: Person) => (await world.as(person)).notifications;
const noticesTo = async (person: Person) =>
  (await world.mails()).filter(({ to, subject }) => to === person.email && /letter/.test(subject));

/** Hours of a day of which the present one is the first. */
function quietNow(): { quietFrom: string; quietTo: string } {
  const hour = world.container.now().getUTCHours();
  const text = (h: number) => `${String(h % 24).padStart(2, '0')}:00`;
  return { quietFrom: text(hour), quietTo: text(hour + 3) };
}

describe('notification settings', () => {
  it('are a mail for each letter until they are changed, and stay as they are saved', async () => {
    world = await openInstallation();
    const alpha = await makePerson(world, 'alpha');
    expect(await (await of(alpha)).settings()).toMatchObject({
      email: 'each',
      emailAddress: 'alpha@example.test',
      sms: 'off',
      quietFrom: '',
      textsAvailable: true,
      mobile: null,
    });
    const wanted = { email: 'daily', digestHour: 7, quietFrom: '22:30', quietTo: '06:05' } as const;
    await (await of(alpha)).save({ ...plain, ...wanted, timeZone: 'America/St_Johns' });
    const saved = { ...wanted, timeZone: 'America/St_Johns', sms: 'off' };
    expect(await (await of(alpha)).settings()).toMatchObject(saved);
    world = await world.crash();
    expect(await (await of(alpha)).settings()).toMatchObject(saved);
  });

  it('say what is wrong, field by field, and are not saved then', async () => {
    world = await openInstallation();
    const alpha = await makePerson(world, 'alpha');
    const wrong: [object, string][] = [
      [{ quietFrom: '22:00' }, 'quietTo'],
      [{ quietTo: '06:00' }, 'quietFrom'],
      [{ quietFrom: '22:00', quietTo: '22:00' }, 'quietTo'],
      [{ quietFrom: '24:00', quietTo: '06:00' }, 'quietFrom'],
      [{ quietFrom: 'at night', quietTo: '06:00' }, 'quietFrom'],
      [{ quietFrom: '22:00', quietTo: '06:00', timeZone: '' }, 'timeZone'],
      [{ email: 'daily', timeZone: '' }, 'timeZone'],
      [{ timeZone: 'Moon/Tycho' }, 'timeZone'],
      [{ timeZone: '+02:00' }, 'timeZone'],
      [{ email: 'hourly' }, 'email'],
      [{ digestHour: 24 }, 'digestHour'],
      [{ sms: true }, 'sms'],
    ];
    for (const [changed, field] of wrong) {
      const refused = await (await of(alpha))
        .save({ ...plain, timeZone: 'UTC', ...changed })
        .catch((error: Error) => error.cause);
      expect(Object.keys((refused as { fields?: object })?.fields ?? {}), JSON.stringify(changed)).toEqual([
        field,
      ]);
    }
    expect(await (await of(alpha)).settings()).toMatchObject({ email: 'each', timeZone: null });
  });

  it('are nobody else’s', async () => {
    world = await openInstallation();
    const { alpha, beta } = await makeFriends(world);
    await (await of(alpha)).save({ ...plain, email: 'off' });
    expect(await (await of(beta)).settings()).toMatchObject({ email: 'each', emailAddress: beta.email });
    expect(await refusalOf((await world.as(null)).notifications.settings())).toBe('unauthenticated');
    expect(await refusalOf((await world.as(null)).notifications.save(plain))).toBe('unauthenticated');
  });
});

describe('a letter', () => {
  it('in quiet hours is delivered at once and told of afterwards, also after a crash', async () => {
    world = await openInstallation();
    const { alpha, beta } = await makeFriends(world);
    await (await of(beta)).save({ ...plain, ...quietNow(), timeZone: 'UTC' });
    await sendLetter(world, alpha, beta);
    expect((await (await world.as(beta)).letters.inbox({})).letters).toHaveLength(1);
    world.clock.advance(HOUR / 2);
    world = await world.crash();
    await world.sweep();
    expect(await noticesTo(beta)).toEqual([]);
    // The second installation's clock begins anew.
    world.clock.advance(3 * HOUR + MINUTE);
    await world.sweep();
    await world.sweep();
    expect(await noticesTo(beta)).toHaveLength(1);
  });

  it('is one of several that one mail a day tells of', async () => {
    world = await openInstallation();
    const { alpha, beta } = await makeFriends(world);
    const digestHour = (world.container.now().getUTCHours() + 2) % 24;
    await (await of(beta)).save({ ...plain, email: 'daily', digestHour, timeZone: 'UTC' });
    for (let i = 0; i < 3; i += 1) await sendLetter(world, alpha, beta);
    await world.sweep();
    expect(await noticesTo(beta)).toEqual([]);
    world.clock.advance(2 * HOUR + MINUTE);
    await Promise.all([world.sweep(), world.sweep(), world.sweep()]);
    expect((await noticesTo(beta)).map(({ subject }) => subject)).toEqual(['3 letters are waiting for you']);
  });

  it('is told of by no mail any more once the link in one was followed and the button pressed', async () => {
    world = await openInstallation();
    const { alpha, beta } = await makeFriends(world);
    await sendLetter(world, alpha, beta);
    const [notice] = await noticesTo(beta);
    const token = /\/unsubscribe\/([\w-]+)/.exec(notice?.text ?? '')?.[1] ?? '';
    expect(notice?.listUnsubscribe).toBe(`http://bff.example.test/unsubscribe/${token}`);
    const nobody = (await world.as(null)).notifications;
    expect(await nobody.checkUnsubscribe({ token })).toBe(true);
    await sendLetter(world, alpha, beta);
    expect(await noticesTo(beta)).toHaveLength(2);
    await nobody.unsubscribe({ token });
    await sendLetter(world, alpha, beta);
    expect(await noticesTo(beta)).toHaveLength(2);
    expect(await (await of(beta)).settings()).toMatchObject({ email: 'off' });
    expect(
      await refusalOf(
        nobody.unsubscribe({ token: token.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) }),
      ),
    ).toBe('not-found');
    expect(await refusalOf(nobody.unsubscribe({ token: 'short' }))).toBe('invalid-input');
    expect(JSON.stringify(world.logLines)).not.toContain(token);
  });
});

describe('codes to a phone', () => {
  it('are few an hour, for one account, one phone and one address', async () => {
    world = await openInstallation();
    const alpha = await makePerson(world, 'alpha');
    const ask = async (mobile: string) => (await of(alpha)).setMobile({ mobile });
    for (let i = 0; i < 5; i += 1) await ask('+4915550100100');
    expect(await refusalOf(ask('+4915550100101'))).toBe('too-many-requests');
    const beta = await makePerson(world, 'beta');
    const pester = (await of(beta)).setMobile({ mobile: '+4915550100100' });
    expect(await refusalOf(pester)).toBe('too-many-requests');
  });

  it('and texts are not offered where nobody could read them', async () => {
    world = await openInstallation({ env: { HOST: '0.0.0.0' } });
    const alpha = await makePerson(world, 'alpha');
    expect(await (await of(alpha)).settings()).toMatchObject({ textsAvailable: false });
    expect(await refusalOf((await of(alpha)).setMobile({ mobile: '+4915550100100' }))).toBe('unavailable');
    expect(await (await of(alpha)).settings()).toMatchObject({ mobile: null });
  });
});
