import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, phone, type TestBrowser } from '#tests/support/browser.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { type Person as Member, makePerson } from '#tests/support/journey-people.ts';
import { keptKeys } from '#tests/support/kept-keys.ts';
import { type Person, personAt } from '#tests/support/people.ts';
import { sitDownSealed } from '#tests/support/sealed-browser.ts';
import { watchDepartures } from '#tests/support/watch-departures.ts';

const failures = new URL('../.artifacts/failures/', import.meta.url).pathname;

let world: ServedInstallation;
let browser: TestBrowser;

beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  browser = await openBrowser();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    await browser.photograph(failures, task.name.replaceAll(/\W+/g, '-').slice(0, 60));
    console.error(world.logLines.slice(-15).join('\n'));
  }
  const errors = world.logLines.filter((line) => line.includes('"level":"error"'));
  world.logLines.length = 0;
  expect({ pages: browser.takeProblems(), log: errors }).toEqual({ pages: [], log: [] });
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

/** Somebody in a sealed session of a phone, and everything that leaves it. */
async function sitDown(username: string) {
  const member = await makePerson(world, username, { password: `${username} lantern waltz` });
  const person = await sitDownSealed(world, browser, member, { viewport: phone });
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
      'Your password now': current,
      'New password': next,
      'New password, once more': again,
    });
    await person.press('Change it');
  };

  test('is refused where it would be without JavaScript, and each field says why', async () => {
    await ask('', 'short', 'other');
    expect(await person.complaint()).toContain('at least 8 characters');
    expect(await page.getByRole('alert').textContent()).toContain('Type your password.');
    await ask(member.password, 'Password123');
    expect(await person.complaint()).toContain('on every list of common ones');
    await ask(member.password, password, `${password}!`);
    expect(await person.complaint()).toContain('not the same');
    await ask('not my password', password);
    expect(await person.complaint()).toContain('This is not your password.');
    // What was typed stays.
    expect(await field(page, 'New password').inputValue()).toBe(password);
    expect(departures.requests().filter((request) => request.startsWith('POST /session'))).toEqual([]);
  });

  test('opens the account from then on, and nothing of either of them left the browser', async () => {
    const elsewhere = await sitDownSealed(world, browser, member);
    await ask(member.password, password);
    await page.getByText('Your password is changed.').waitFor();
    expect(await keptKeys(page)).toMatchObject([{ username: 'changer', extractable: [false, false] }]);
    await page.goto('/inbox');
    await person.see('Inbox');
    // Every other device is out.
    await elsewhere.page.goto('/inbox');
    await elsewhere.see('Log in');
    await elsewhere.page.context().close();

    const again = personAt(await browser.visit(world.url), 'changer', password);
    await again.logIn(member.password);
    expect(await again.complaint()).not.toBe('');
    await again.logIn();
    const formAlone = personAt(await browser.visit(world.url, { javaScript: false }), 'changer', password);
    await formAlone.logIn();
    expect(departures.carrying(secretsOf(member, { 'new password': password }))).toEqual([]);
  });

  test('pressed twice, it is changed once', async () => {
    const sent = () => departures.requests().filter((request) => request === 'POST /session').length;
    const before = sent();
    await page.goto('/settings/password');
    const next = 'heron stairs seven';
    await fill(page, {
      'Your password now': password,
      'New password': next,
      'New password, once more': next,
    });
    await page.getByRole('button', { name: 'Change it' }).dblclick();
    await page.getByText('Your password is changed.').waitFor();
    expect(sent() - before).toBe(1);
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
    await fill(page, { 'Your new address': 'other@example.test', 'Your password': wrong });
    await person.press('Ask both addresses');
    expect(await person.complaint()).toContain('This is not your password.');
    expect(await field(page, 'Your new address').inputValue()).toBe('other@example.test');
    await field(page, 'Your password').fill(member.password);
    await person.press('Ask both addresses');
    await page.getByText('Two mails are on their way').waitFor();
    await page.getByRole('heading', { name: 'Waiting for both addresses' }).waitFor();
    nothingLeft();
  });

  test('a copy of all letters', async () => {
    await page.goto('/settings/export');
    await person.press('Download my letters');
    expect(await person.complaint()).toContain('Type your password.');
    await field(page, 'Your password').fill(wrong);
    await person.press('Download my letters');
    await page.getByText('This is not your password.').first().waitFor();
    await field(page, 'Your password').fill(member.password);
    const download = page.waitForEvent('download');
    await person.press('Download my letters');
    await download;
    nothingLeft();
  });

  test('a deletion', async () => {
    await page.goto('/settings/delete');
    await fill(page, { 'Your username': 'prover', 'Your password': wrong });
    await person.press('Delete my account in seven days');
    expect(await person.complaint()).toContain('This is not your password.');
    await field(page, 'Your password').fill(member.password);
    await person.press('Delete my account in seven days');
    await person.see('Your account will be deleted');
    nothingLeft();
  });
});
