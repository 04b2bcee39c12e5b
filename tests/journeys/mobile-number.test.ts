import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { SmsRefused } from '#server/sms/sms-sender.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { befriend, makePeople, type Person, refusalOf, sendLetter } from '#tests/support/journey-people.ts';

const number = '+4915550100100';

let world: Installation;
let alpha: Person;
let beta: Person;

beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  [alpha, beta] = (await makePeople(world, 'alpha', 'beta')) as [Person, Person];
  await befriend(world, alpha, beta);
});
afterAll(() => world.close());

const of = async (person: Person) => (await world.as(person)).notifications;
const texts = async (to = number) => (await world.mails()).filter((mail) => mail.to === to);
const settings = async () => (await of(beta)).settings();
const latestCode = async (to = number): Promise<string> => {
  await world.settle();
  return /^\d{6}/.exec((await texts(to)).at(-1)?.text ?? '')?.[0] ?? expect.fail('no code was texted');
};
/** Asks for a code that is another one than this: one in a million is the same. */
const askForCode = async (who: Person, unlike = ''): Promise<string> => {
  await (await of(who)).setMobile({ mobile: number });
  const code = await latestCode();
  return code === unlike ? askForCode(who, unlike) : code;
};
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const confirm = async (code: string) => (await of(beta)).confirmMobile({ code });
const wish = async (changed: object = {}) => {
  const plain = {
    email: 'each',
    digestHour: 18,
    sms: false,
    quietFrom: '',
    quietTo: '',
    timeZone: '',
  } as const;
  return (await of(beta)).save({ ...plain, ...changed });
};

beforeEach(async () => {
  await (await of(beta)).removeMobile();
});

describe('a mobile number', () => {
  it('is confirmed by the code texted to it, and gets texts of letters from then on', async () => {
    await (await of(beta)).setMobile({ mobile: ' 0049 (1555) 010-0100 ' });
    expect(await settings()).toMatchObject({ mobile: number, mobileVerified: false, sms: 'off' });
    const code = await latestCode();
    expect((await texts()).at(-1)?.text).toContain(`@bff.example.test #${code}`);
    await sendLetter(world, alpha, beta);
    const before = (await texts()).length;

    await confirm(`${code.slice(0, 3)} ${code.slice(3)}`);
    expect(await settings()).toMatchObject({ mobileVerified: true, sms: 'on', code: null });
    const letterId = await sendLetter(world, alpha, beta, {
      title: 'A title of mine',
      body: 'A body of mine',
    });
    const sent = await texts();
    expect(sent).toHaveLength(before + 1);
    expect(sent.at(-1)?.text).toContain(`/letters/${letterId}`);
    expect(JSON.stringify(sent)).not.toContain('of mine');
  });

  it('gets no text of a letter from somebody who was blocked', async () => {
    await (await of(beta)).setMobile({ mobile: number });
    await confirm(await latestCode());
    const { friends } = await world.as(beta);
    await friends.block({ username: 'alpha' });
    const before = (await world.mails()).length;
    await sendLetter(world, alpha, beta);
    await world.sweep();
    expect(await world.mails()).toHaveLength(before);
    await friends.unblock({ username: 'alpha' });
    await sendLetter(world, alpha, beta);
    expect(await texts()).not.toHaveLength(0);
    expect((await world.mails()).length).toBeGreaterThan(before);
  });

  it('is another one until its own code is confirmed: no text goes to either', async () => {
    await (await of(beta)).setMobile({ mobile: number });
    await confirm(await latestCode());
    await (await of(beta)).setMobile({ mobile: '+4915550100177' });
    expect(await settings()).toMatchObject({ mobile: '+4915550100177', mobileVerified: false });
    const before = [(await texts()).length, (await texts('+4915550100177')).length + 1];
    await sendLetter(world, alpha, beta);
    expect([(await texts()).length, (await texts('+4915550100177')).length]).toEqual(before);
    await confirm(await latestCode('+4915550100177'));
    expect(await settings()).toMatchObject({ mobileVerified: true });
  });

  it('is forgotten on request, with everything that hangs on it', async () => {
    await (await of(beta)).setMobile({ mobile: number });
    await confirm(await latestCode());
    await (await of(beta)).removeMobile();
    expect(await settings()).toMatchObject({ mobile: null, mobileVerified: false, sms: 'off', code: null });
    const { db, stores } = world.container;
    const user = await stores.users.findByUsername('beta');
    const kept = [await db.orm.noticeSettings.all(), await db.orm.mobileCodes.all(), user];
    expect(JSON.stringify(kept)).not.toContain(number);
  });

  it('is refused when it is none', async () => {
    for (const mobile of ['', '12345', '+49 abc', '+0155501001', `+${'1'.repeat(30)}`]) {
      expect(await refusalOf((await of(beta)).setMobile({ mobile }))).toBe('invalid-input');
    }
    expect(await settings()).toMatchObject({ mobile: null });
  });
});

describe('a code', () => {
  it('works once, for its own request, and is nowhere but in the text', async () => {
    const first = await askForCode(beta);
    const second = await askForCode(beta, first);
    expect(await refusalOf(confirm(first))).toBe('invalid-input');
    const stored = JSON.stringify(await world.container.db.orm.mobileCodes.all());
    const told = JSON.stringify([world.logLines, world.jobs]);
    for (const code of [first, second]) {
      expect(stored).not.toContain(`"${code}"`);
      expect(told).not.toContain(code);
    }
    await confirm(second);
    expect(await refusalOf(confirm(second))).toBe('invalid-input');
  });

  it('has five tries, also when twenty come at once', async () => {
    await (await of(beta)).setMobile({ mobile: number });
    const code = await latestCode();
    const tries = Array.from({ length: 20 }, () => refusalOf(confirm(wrong(code))));
    expect(new Set(await Promise.all(tries))).toEqual(new Set(['invalid-input']));
    while (((await settings()).code?.triesLeft ?? 0) > 0) await refusalOf(confirm(wrong(code)));
    expect(await refusalOf(confirm(code))).toBe('invalid-input');
    expect(await settings()).toMatchObject({ mobileVerified: false });
  });

  it('says how many tries are left', async () => {
    await (await of(beta)).setMobile({ mobile: number });
    const code = await latestCode();
    await expect(confirm(wrong(code))).rejects.toThrow('you have 4 more tries');
    await expect(confirm('12345')).rejects.toThrow('Enter the 6-digit code.');
    await confirm(code);
  });

  it('is too old after ten minutes', async () => {
    await (await of(beta)).setMobile({ mobile: number });
    const code = await latestCode();
    world.clock.advance(10 * MINUTE);
    await expect(confirm(code)).rejects.toThrow('expired');
    expect((await settings()).code).toBeNull();
  });

  it('of one person is worth nothing to another', async () => {
    const code = await askForCode(beta);
    const own = await askForCode(alpha, code);
    expect(await refusalOf((await of(alpha)).confirmMobile({ code }))).toBe('invalid-input');
    expect(await refusalOf((await of(alpha)).confirmMobile({ code: own }))).toBe('no refusal');
    await (await of(alpha)).removeMobile();
  });

  it('that cannot be sent says why on the page, or is sent later', async () => {
    const { sms } = world.container;
    let refusal: Error = new SmsRefused('bad-number', '21211');
    Object.assign(world.container, { sms: { ...sms, send: () => Promise.reject(refusal) } });
    await (await of(beta)).setMobile({ mobile: number });
    await world.settle();
    expect(await settings()).toMatchObject({ code: { refusal: 'bad-number' } });
    refusal = new Error('away');
    await (await of(beta)).setMobile({ mobile: number });
    await world.settle();
    const before = (await texts()).length;
    Object.assign(world.container, { sms });
    await expect.poll(async () => (await texts()).length, { timeout: 15_000 }).toBe(before + 1);
    await confirm(await latestCode());
  });
});

describe('texts of letters', () => {
  it('cannot be switched on without a confirmed number', async () => {
    expect(await refusalOf(wish({ sms: true }))).toBe('invalid-input');
    await (await of(beta)).setMobile({ mobile: number });
    expect(await refusalOf(wish({ sms: true }))).toBe('invalid-input');
    await confirm(await latestCode());
    await wish({ sms: true });
    expect(await settings()).toMatchObject({ sms: 'on' });
    await wish({ sms: false });
    expect(await settings()).toMatchObject({ sms: 'off', mobileVerified: true });
  });

  it('are off after an answer of STOP, which is said until they are switched on again', async () => {
    await (await of(beta)).setMobile({ mobile: number });
    await confirm(await latestCode());
    const { sms } = world.container;
    Object.assign(world.container, {
      sms: { ...sms, send: () => Promise.reject(new SmsRefused('stopped', '21610')) },
    });
    await sendLetter(world, alpha, beta);
    Object.assign(world.container, { sms });
    expect(await settings()).toMatchObject({ sms: 'stopped', mobileVerified: true });
    await wish({ sms: false, digestHour: 9 });
    expect(await settings()).toMatchObject({ sms: 'stopped', digestHour: 9 });
    await wish({ sms: true });
    const before = (await texts()).length;
    await sendLetter(world, alpha, beta);
    expect(await texts()).toHaveLength(before + 1);
  });
});
