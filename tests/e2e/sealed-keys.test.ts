import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { currentKdfParams } from '#core/crypto/index.ts';
import { phone } from '#tests/support/browser.ts';
import { type Person as Member, makePerson } from '#tests/support/journey-people.ts';
import { keptKeys, usableOnly } from '#tests/support/kept-keys.ts';
import { makePasswordOlder, passwordCost } from '#tests/support/older-password.ts';
import { type Person, personAt } from '#tests/support/people.ts';
import { sitDownSealed } from '#tests/support/sealed-browser.ts';
import { setUpApp } from '#tests/support/second-factor.ts';
import { servedSurroundings } from '#tests/support/served-surroundings.ts';
import { watchDepartures } from '#tests/support/watch-departures.ts';

const around = servedSurroundings({ serviceWorker: false });

let names = 0;
/** A name of its own for each try of a test: who a try has left changed is nobody to begin the next one with. */
const anew = (name: string) => `${name}_${++names}`;

/** Somebody in a sealed session of a phone, and everything that leaves it. */
async function sitDown(username: string) {
  const member = await makePerson(around.world, username, { password: `${username} lantern waltz` });
  const person = await sitDownSealed(around.world, around.browser, member, { viewport: phone });
  return { member, person, page: person.page, departures: watchDepartures(person.page.context()) };
}

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });

async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(fields)) await field(page, label).fill(text);
}

const secretsOf = ({ password, words }: Member, more: Record<string, string> = {}) => ({
  password,
  'all words': words.join(' '),
  'three words': words.slice(0, 3).join(','),
  'three words, listed': words.slice(0, 3).join('","'),
  ...more,
});

describe('a password that is changed in a sealed session', () => {
  let member: Member;
  let person: Person;
  let page: Page;
  let departures: ReturnType<typeof watchDepartures>;
  const password = 'quince paper boats';

  beforeAll(async () => {
    ({ member, person, page, departures } = await sitDown('changer'));
  });

  const ask = async (current: string, next: string, again = next) => {
    await page.goto('/settings/password');
    await fill(page, {
      'Current password': current,
      'New password': next,
      'Confirm new password': again,
    });
    await person.press('Change password');
  };

  test('is refused where it would be without JavaScript, and each field says why', async () => {
    await ask('', 'short', 'other');
    expect(await person.complaint()).toContain('at least 8 characters');
    expect(await person.complaint()).toContain('Enter your password.');
    await ask(member.password, 'Password123');
    expect(await person.complaint()).toContain('one of the most common passwords');
    await ask(member.password, password, `${password}!`);
    expect(await person.complaint()).toContain('passwords don’t match');
    await ask('not my password', password);
    expect(await person.complaint()).toContain('That’s not your password.');
    // What was typed stays.
    expect(await field(page, 'New password').inputValue()).toBe(password);
    expect(departures.requests().filter((request) => request.startsWith('POST /session'))).toEqual([]);
  });

  test('opens the account from then on, and nothing of either of them left the browser', async () => {
    const elsewhere = await sitDownSealed(around.world, around.browser, member);
    await ask(member.password, password);
    await page.getByText('Password changed.').waitFor();
    expect(await keptKeys(page)).toMatchObject([{ username: 'changer', ...usableOnly }]);
    await page.goto('/inbox');
    await person.see('Inbox');
    // Every other device is out.
    await elsewhere.page.goto('/inbox');
    await elsewhere.see('Log in');
    await elsewhere.page.context().close();

    const again = personAt(await around.browser.visit(around.world.url), 'changer', password);
    await again.logIn(member.password);
    expect(await again.complaint()).not.toBe('');
    await again.logIn();
    const formAlone = personAt(
      await around.browser.visit(around.world.url, { javaScript: false }),
      'changer',
      password,
    );
    await formAlone.logIn();
    expect(departures.carrying(secretsOf(member, { 'new password': password }))).toEqual([]);
  });

  test('pressed twice, it is changed once', async () => {
    const sent = () => departures.requests().filter((request) => request === 'POST /session').length;
    const before = sent();
    await page.goto('/settings/password');
    const next = 'heron stairs seven';
    await fill(page, {
      'Current password': password,
      'New password': next,
      'Confirm new password': next,
    });
    await page.getByRole('button', { name: 'Change password' }).dblclick();
    await page.getByText('Password changed.').waitFor();
    expect(sent() - before).toBe(1);
  });

  test('in another tab, the old one is wrong from then on, and the keys are still there', async () => {
    const tab = await page.context().newPage();
    const other = personAt(tab, 'changer');
    await tab.goto('/settings/password');
    await ask('heron stairs seven', 'ladder of moss');
    await page.getByText('Password changed.').waitFor();
    await fill(tab, {
      'Current password': 'heron stairs seven',
      'New password': 'from the other tab',
      'Confirm new password': 'from the other tab',
    });
    await other.press('Change password');
    expect(await other.complaint()).toContain('That’s not your password.');
    await tab.goto('/drafts');
    await other.see('Drafts');
    await tab.close();
  });
});

describe('what asks for the password again in a sealed session', () => {
  let member: Member;
  let person: Person;
  let page: Page;
  let departures: ReturnType<typeof watchDepartures>;

  beforeAll(async () => {
    ({ member, person, page, departures } = await sitDown('prover'));
  });
  const wrong = 'not my password';
  const nothingLeft = () => expect(departures.carrying(secretsOf(member, { wrong }))).toEqual([]);

  test('another e-mail address', async () => {
    await page.goto('/settings/email');
    await fill(page, { 'New email address': 'other@example.test', 'Your password': wrong });
    await person.press('Send links');
    expect(await person.complaint()).toContain('That’s not your password.');
    expect(await field(page, 'New email address').inputValue()).toBe('other@example.test');
    await field(page, 'Your password').fill(member.password);
    await person.press('Send links');
    await page.getByText('We’ve sent two emails').waitFor();
    await page.getByRole('heading', { name: 'Waiting for both addresses' }).waitFor();
    nothingLeft();
  });

  test('a copy of all letters', async () => {
    await page.goto('/settings/export');
    await person.press('Download my letters');
    expect(await person.complaint()).toContain('Enter your password.');
    await field(page, 'Your password').fill(wrong);
    await person.press('Download my letters');
    await page.getByText('That’s not your password.').first().waitFor();
    await field(page, 'Your password').fill(member.password);
    const download = page.waitForEvent('download');
    await person.press('Download my letters');
    await download;
    nothingLeft();
  });

  test('a deletion', async () => {
    await page.goto('/settings/delete');
    await fill(page, { 'Your username': 'prover', 'Your password': wrong });
    await person.press('Delete my account in 7 days');
    expect(await person.complaint()).toContain('That’s not your password.');
    await field(page, 'Your password').fill(member.password);
    await person.press('Delete my account in 7 days');
    await person.see('Your account will be deleted');
    nothingLeft();
  });
});

/** Mails somebody a link for a new password; its path. */
async function resetLink({ email }: Member): Promise<string> {
  await (await around.world.as(null)).accounts.requestReset({ email });
  await around.world.settle();
  const mail = (await around.world.mails()).filter(({ to }) => to === email).at(-1);
  return /\/reset\/[A-Za-z0-9_-]{43}\b/.exec(mail?.text ?? '')?.[0] ?? '';
}

const other = (word: string | undefined) => (word === 'zebra' ? 'zoo' : 'zebra');

describe('new recovery words in a sealed session', () => {
  let member: Member;
  let person: Person;
  let page: Page;
  let departures: ReturnType<typeof watchDepartures>;
  let words: string[];

  beforeAll(async () => {
    ({ member, person, page, departures } = await sitDown('renewer'));
  });

  test('are shown to whoever knows the password, ready to be printed', async () => {
    await page.goto('/settings/recovery');
    await field(page, 'Your password').fill('not my password');
    await person.press('Show new words');
    expect(await person.complaint()).toContain('That’s not your password.');
    await field(page, 'Your password').fill(member.password);
    await person.press('Show new words');
    await person.see('Write these down');
    words = await person.readWords();
    // What had the focus is gone; a screen reader goes on at the top of the words.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    expect(words).toHaveLength(12);
    expect(words).not.toEqual(member.words);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('region', { name: 'Your 12 words' }).isVisible()).toBe(true);
    expect(await page.getByText('On paper, please').isVisible()).toBe(false);
    await page.emulateMedia({ media: null });
  });

  test('are still there when the page was left before they were confirmed', async () => {
    await page.goto('/settings/recovery');
    await page.getByRole('link', { name: 'Show them again' }).click();
    await person.see('Write these down');
    expect(await person.readWords()).toEqual(words);
  });

  test('are asked for, and a slip names the word; they can be looked at again', async () => {
    await person.giveTwoWords(words.map(other));
    expect(await person.complaint()).toMatch(/not word \d+\./);
    await page.getByRole('link', { name: 'Show my words again' }).click();
    await person.see('Write these down');
    expect(await person.readWords()).toEqual(words);
    await person.giveTwoWords(words.map((word) => ` ${word.toUpperCase()} `));
    await person.see('Inbox');
    expect(
      (await (await around.world.as({ token: await tokenOf(page) })).accounts.me())?.phraseUnconfirmed,
    ).toBe(false);
  });

  test('of two tabs, only the newest count', async () => {
    const second = await page.context().newPage();
    const [first, newer] = [page, second].map((tab) => personAt(tab, 'renewer', member.password));
    for (const tab of [page, second]) {
      await tab.goto('/settings/recovery');
      await field(tab, 'Your password').fill(member.password);
      await tab.getByRole('button', { name: 'Show new words' }).click();
      await tab.getByRole('heading', { name: 'Write these down' }).waitFor();
    }
    const [older, newest] = [await first?.readWords(), await newer?.readWords()];
    await first?.giveTwoWords(older ?? []);
    expect(await first?.complaint()).toContain('newer words at another login');
    await newer?.giveTwoWords(newest ?? []);
    await newer?.see('Inbox');
    words = newest ?? [];
    await second.close();
  });

  test('open the account, and the old ones do not; nothing of them left the browser', async () => {
    const link = await resetLink(member);
    const password = 'kettle moss violin';
    await page.goto(link);
    const typed = { 'New password': password, 'Confirm new password': password };
    await fill(page, { 'Your twelve recovery words': member.words.join(' '), ...typed });
    await person.press('Set new password');
    expect(await person.complaint()).toContain('don’t belong to this account');
    await field(page, 'Your twelve recovery words').fill(words.join(' '));
    await person.press('Set new password');
    await person.see('Write these down');
    const secrets = { 'new words': words.join(' '), 'new password': password };
    expect(departures.carrying(secretsOf(member, secrets))).toEqual([]);
  });
});

const tokenOf = async (page: Page) =>
  (await page.context().cookies()).find(({ name }) => name === 'bff')?.value ?? '';

describe('a password that was forgotten, in a browser with JavaScript', () => {
  let member: Member;
  let person: Person;
  let page: Page;
  let departures: ReturnType<typeof watchDepartures>;
  let link: string;
  const password = 'otter lamp tuesday';
  const typed = { 'New password': password, 'Confirm new password': password };

  beforeAll(async () => {
    member = await makePerson(around.world, 'forgetful', { password: 'forgetful lantern' });
    page = await around.browser.visit(around.world.url, { viewport: phone });
    person = personAt(page, 'forgetful', password);
    departures = watchDepartures(page.context());
    link = await resetLink(member);
  });

  test('a misspelt word is named, a missing one counted, before anything leaves', async () => {
    await page.goto(link);
    const misspelt = member.words.with(4, 'zzebra').join(' ');
    await fill(page, { 'Your twelve recovery words': misspelt, ...typed });
    await person.press('Set new password');
    expect(await person.complaint()).toContain('Word 5, “zzebra”, isn’t a recovery word.');
    expect(await field(page, 'Your twelve recovery words').inputValue()).toBe(misspelt);
    await field(page, 'Your twelve recovery words').fill(member.words.slice(1).join(' '));
    await person.press('Set new password');
    await page.getByText('you entered 11').first().waitFor();
    await fill(page, { 'Your twelve recovery words': member.words.join(' '), 'New password': 'password1' });
    await person.press('Set new password');
    await page.getByText('one of the most common passwords').first().waitFor();
    expect(departures.requests().filter((request) => request.startsWith('POST'))).toEqual([]);
  });

  test('the words open the account, however they are written, and the keys are held', async () => {
    const spoken = member.words.map((word, n) => `${n + 1}. ${word.toUpperCase()}`).join(' -\n');
    await page.goto(link);
    await fill(page, { 'Your twelve recovery words': spoken, ...typed });
    await page.getByRole('button', { name: 'Set new password' }).dblclick();
    await person.see('Write these down');
    const words = await person.readWords();
    expect(words).not.toEqual(member.words);
    await person.giveTwoWords(words);
    await person.see('Inbox');
    const kept = { username: 'forgetful', epoch: 1, ...usableOnly };
    expect(await keptKeys(page)).toMatchObject([kept]);
    const secrets = secretsOf(member, { 'new password': password, 'new words': words.join(' ') });
    expect(departures.carrying(secrets)).toEqual([]);
    await page.context().clearCookies();
    await person.logIn();
  });

  test('the link works once', async () => {
    await page.goto(link);
    await person.see('This link no longer works');
  });

  test('a link that is used in another tab meanwhile changes nothing', async () => {
    const [one, other] = [page, await page.context().newPage()];
    const twice = await resetLink(member);
    for (const tab of [one, other]) {
      await tab.goto(`${twice}/afresh`);
      await fill(tab, typed);
    }
    await one.getByLabel('I understand').check();
    await one.getByRole('button', { name: 'Start over' }).click();
    await one.getByRole('heading', { name: 'Write these down' }).waitFor();
    await other.getByLabel('I understand').check();
    await other.getByRole('button', { name: 'Start over' }).click();
    await other.getByRole('alert').first().waitFor();
    expect(await other.getByRole('heading', { name: 'Start over' }).isVisible()).toBe(true);
    await other.close();
    await person.giveTwoWords(await person.readWords());
    await person.see('Inbox');
    expect(await keptKeys(page)).toMatchObject([{ username: 'forgetful', epoch: 2 }]);
    expect(departures.carrying(secretsOf(member, { 'new password': password }))).toEqual([]);
  });

  test('a fresh start wants the box ticked', async () => {
    await page.goto(`${await resetLink(member)}/afresh`);
    await fill(page, typed);
    await person.press('Start over');
    expect(await person.complaint()).toContain('Tick the box');
  });
});

describe('a log-in with a password that was kept at a lower cost', () => {
  test('keeps it at today’s, and says nothing of it', async () => {
    const name = anew('old_timer');
    const member = await makePerson(around.world, name, { password: 'old_timer lantern' });
    const cost = { memoryKiB: 19_456, iterations: 2, parallelism: 1 };
    await makePasswordOlder(around.world, name, member.password, cost);
    const page = await around.browser.visit(around.world.url);
    const person = personAt(page, name, member.password);
    const departures = watchDepartures(page.context());
    await person.logIn();
    expect(await passwordCost(around.world, name)).toEqual(currentKdfParams);
    await page.context().clearCookies();
    await person.logIn();
    expect(departures.carrying(secretsOf(member))).toEqual([]);
  });
});

describe('where letters are opened', () => {
  let member: Member;
  let person: Person;
  let page: Page;
  let departures: ReturnType<typeof watchDepartures>;
  let plain: Person;

  beforeAll(async () => {
    ({ member, person, page, departures } = await sitDown('sealer'));
    plain = personAt(
      await around.browser.visit(around.world.url, { javaScript: false }),
      'sealer',
      member.password,
    );
    await plain.logIn();
  });

  test('is told for each device, also without JavaScript, where it can only be read', async () => {
    await plain.page.goto('/settings/sealing');
    const devices = plain.page.getByRole('list', { name: 'Your devices' }).getByRole('listitem');
    expect(await devices.filter({ hasText: 'on the device' }).count()).toBe(1);
    const here = devices.filter({ hasText: 'This device' });
    expect(await here.textContent()).toContain('on our server');
    await plain.page.getByText('On this device, our server decrypts your letters').waitFor();
    expect(await plain.page.getByRole('button', { name: 'Turn off' }).count()).toBe(0);
  });

  test('can be forbidden to the server, which then logs out whom it opens letters for', async () => {
    await page.goto('/settings/sealing');
    await field(page, 'Your password').fill('not my password');
    await person.press('Turn off');
    expect(await person.complaint()).toContain('That’s not your password.');
    await field(page, 'Your password').fill(member.password);
    await person.press('Turn off');
    await page.getByText('Login without JavaScript is off. Devices that used it').waitFor();
    await page.getByRole('button', { name: 'Turn on again' }).waitFor();
    await plain.page.goto('/inbox');
    await plain.see('Log in');
  });

  test('the form without JavaScript then says why it refuses, and what to do', async () => {
    await plain.page.getByLabel('Username').fill('sealer');
    await plain.page.getByLabel('Password').fill(member.password);
    await plain.press('Log in');
    expect(await plain.complaint()).toContain('Turn JavaScript on');
    await plain.page.goto(await resetLink(member));
    await plain.told('Please turn JavaScript on');
    expect(await plain.page.getByLabel('Your twelve recovery words').count()).toBe(0);
    // With JavaScript it goes on as ever.
    const elsewhere = personAt(await around.browser.visit(around.world.url), 'sealer', member.password);
    await elsewhere.logIn();
  });

  test('is allowed again with the password', async () => {
    await page.reload();
    await field(page, 'Your password').fill(member.password);
    await person.press('Turn on again');
    await page.getByText('Login without JavaScript is on again.').waitFor();
    await plain.logIn();
    expect(departures.carrying(secretsOf(member))).toEqual([]);
  });
});

describe('before the script of a page is ready', () => {
  test('nothing that is typed is posted, and afterwards the form works', async () => {
    const { member, page, person, departures } = await sitDown(anew('early_bird'));
    const early = 'typed too early';
    await page.route(/\/assets\/.*\.js$/, () => {});
    for (const path of ['/settings/password', '/settings/recovery', await resetLink(member)]) {
      await page.goto(path, { waitUntil: 'commit' });
      await page.getByRole('heading', { level: 1 }).waitFor();
      for (const input of await page.locator('input:visible, textarea:visible').all()) {
        await input.fill(early, { timeout: 1_000 });
        await input.press('Enter', { timeout: 1_000 });
      }
      const { pathname, search } = new URL(page.url());
      expect(pathname + search).toBe(path);
    }
    expect(departures.requests().filter((request) => request.startsWith('POST'))).toEqual([]);
    expect(departures.carrying({ early })).toEqual([]);
    await page.unroute(/\/assets\/.*\.js$/);
    await page.goto('/settings/recovery');
    await field(page, 'Your password').fill(member.password);
    await person.press('Show new words');
    await person.see('Write these down');
  });

  test('or will never be, because it was switched off since the log-in, the page says so and takes no password', async () => {
    const { page } = await sitDown(anew('switched_off'));
    const cookies = await page.context().cookies();
    const without = await around.browser.visit(around.world.url, { javaScript: false });
    await without.context().addCookies(cookies);
    for (const path of ['password', 'recovery', 'email', 'export', 'delete', 'sealing']) {
      await without.goto(`/settings/${path}`);
      expect(await without.locator('main').textContent()).toContain('Turn it on again, or log out');
      expect(await without.locator('form[method=post] input[type=password]').count()).toBe(0);
      await without.locator('main input').first().press('Enter');
      expect(new URL(without.url()).pathname + new URL(without.url()).search).toBe(`/settings/${path}`);
    }
  });
});

// It stops the clock of the installation.
describe('a forgotten password of somebody with a second factor', () => {
  test.each([
    { how: 'with JavaScript', javaScript: true, name: 'two_keys' },
    { how: 'without it', javaScript: false, name: 'two_forms' },
  ])('wants a code with the words, $how', async ({ javaScript, name }) => {
    const member = await makePerson(around.world, anew(name));
    const { codes } = await setUpApp(around.world, member);
    const page = await around.browser.visit(around.world.url, { viewport: phone, javaScript });
    const departures = watchDepartures(page.context());
    const person = personAt(page, member.username, 'thistle and tram');
    await page.goto(await resetLink(member));
    const words = 'Your twelve recovery words';
    const passwords = { 'New password': person.password, 'Confirm new password': person.password };
    await fill(page, { [words]: member.words.join(' '), ...passwords, Code: '000000' });
    await person.press('Set new password');
    expect(await person.complaint()).toMatch(/code/i);
    expect(await field(page, words).inputValue()).toBe(member.words.join(' '));
    await fill(page, { ...passwords, Code: codes[0] ?? '' });
    await person.press('Set new password');
    await person.see('Write these down');
    await person.giveTwoWords(await person.readWords());
    await person.see('Inbox');
    if (javaScript) expect(departures.carrying(secretsOf(member))).toEqual([]);
  });
});
