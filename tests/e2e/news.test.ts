import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#core/id.ts';
import { type AppProcess, startApp } from '#tests/support/app-process.ts';
import { phone } from '#tests/support/browser.ts';
import { startJongodb } from '#tests/support/database-jongodb.ts';
import { serveInstallation } from '#tests/support/installation-http.ts';
import { befriend, logIn, makePeople, type Person, sendLetter } from '#tests/support/journey-people.ts';
import { sitDownSealed } from '#tests/support/sealed-browser.ts';
import { servedSurroundings } from '#tests/support/served-surroundings.ts';

/* What happens to an open page while others write. */
const around = servedSurroundings({ serviceWorker: false, cheapPasswords: true });
let alpha: Person;
let beta: Person;
beforeAll(async () => {
  const { world } = around;
  [alpha, beta] = (await makePeople(world, 'alpha', 'beta')) as [Person, Person];
  await befriend(world, alpha, beta);
  for (const [one, other] of [
    [alpha, beta],
    [beta, alpha],
  ] as const)
    await (await world.as(one)).friends.markSeen({ username: other.username });
  for (let n = 0; n < 12; n += 1) await sendLetter(world, alpha, beta, { title: `Letter ${n}` });
});

/** Their own page with scripts, in a session of either mode. */
async function sit(mode: 'sealed' | 'assisted', person: Person, viewport?: typeof phone): Promise<Page> {
  const { world, browser } = around;
  if (mode === 'sealed') return (await sitDownSealed(world, browser, person, { viewport })).page;
  const page = await browser.visit(world.url, { viewport });
  const token = await logIn(world, person.username);
  await page.context().addCookies([{ name: 'bff', value: token, url: world.url }]);
  return page;
}

/** Waits as somebody does who looks at the page from time to time. */
async function until(page: Page, what: string, look: () => Promise<boolean>): Promise<void> {
  for (const started = Date.now(); Date.now() - started < 40_000; await wait(500)) {
    if (await look()) return;
    await page.evaluate(() => dispatchEvent(new Event('focus')));
  }
  throw new Error(`waited in vain for ${what}`);
}
const unopened = (page: Page) => page.locator('.envelope-new').count();
const count = (page: Page) => page.title().then((title) => Number(/^\((\d+)\)/.exec(title)?.[1] ?? 0));

describe.each(['sealed', 'assisted'] as const)('an open inbox in a %s session', (mode) => {
  test('shows a letter as it arrives, and disturbs nobody who reads further down', async () => {
    const { world } = around;
    const page = await sit(mode, beta, phone);
    await page.goto('/inbox');
    await page.locator('.envelope').first().waitFor();
    const before = await unopened(page);
    await until(page, 'the number in the title', async () => (await count(page)) === before);
    await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));

    await sendLetter(world, alpha, beta, { title: 'Now' });
    await until(page, 'the envelope', async () => (await unopened(page)) === before + 1);
    expect(await count(page)).toBe(before + 1);
    const nav = page.getByRole('navigation', { name: 'Your mail' });
    expect(await nav.getByRole('link', { name: /^Inbox/ }).textContent()).toContain(`${before + 1} new`);
    expect(await page.getByRole('status').allTextContents()).toContain(
      `A letter from alpha has arrived. ${before + 1} letters are waiting.`,
    );

    await page.evaluate(() => scrollTo(0, 700));
    await sendLetter(world, alpha, beta, { title: 'And now' });
    const fresh = page.getByRole('button', { name: 'A new letter' });
    await until(page, 'the button', () => fresh.isVisible());
    expect(await unopened(page)).toBe(before + 1);
    expect(await page.evaluate(() => scrollY)).toBe(700);
    await fresh.click();
    await until(page, 'the envelope', async () => (await unopened(page)) === before + 2);
    expect(await fresh.isVisible()).toBe(false);
    expect(await page.evaluate(() => [scrollY, 'sameDocument' in globalThis])).toEqual([0, true]);
    await page.context().close();
  });

  test('leads to the login page once its session is over', async () => {
    const { world } = around;
    const page = await sit(mode, beta);
    await page.goto('/inbox');
    await page.locator('.envelope').first().waitFor();
    const other = await world.as({ token: await logIn(world, 'beta') });
    await other.devices.endOthers();
    await until(page, 'the login page', async () => page.url().includes('/login?next=%2Finbox'));
    await page.getByLabel('Username').waitFor();
    beta.token = await logIn(world, 'beta');
    await page.context().close();
  });
});

test('asks nothing while it is hidden or offline, while somebody writes, and after logging out', async () => {
  const page = await sit('assisted', beta);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/news')) asked.push(page.url());
  });
  const look = () => page.evaluate(() => dispatchEvent(new Event('focus')));
  await page.goto('/sent');
  await wait(6_000);
  await page.evaluate(() =>
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' }),
  );
  await look();
  await wait(300);
  expect(asked).toHaveLength(0);
  await page.evaluate(() => Reflect.deleteProperty(document, 'visibilityState'));
  await look();
  await until(page, 'a question', async () => asked.length === 1);
  await page.goto('/write');
  await wait(6_000);
  await look();
  await wait(300);
  await page.goto('/inbox');
  await page.getByRole('banner').getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('link', { name: 'Log in' }).first().waitFor();
  await wait(6_000);
  await look();
  await wait(300);
  expect(asked).toHaveLength(1);
  await page.context().close();
});

test('without scripts nothing is asked, and a phone asks before it logs out', async () => {
  const { world, browser } = around;
  const page = await browser.visit(world.url, { javaScript: false, viewport: phone });
  const value = await logIn(world, 'beta');
  await page.context().addCookies([{ name: 'bff', value, url: world.url }]);
  await page.goto('/inbox');
  expect(await page.title()).toBe('Inbox · Project BFF');
  await page.getByRole('link', { name: 'Log out…' }).click();
  await page.getByRole('heading', { name: 'Log out?' }).waitFor();
  await page.getByRole('link', { name: 'Stay' }).click();
  await page.getByRole('heading', { name: 'Inbox' }).waitFor();
  await page.goto('/logout');
  await page.getByRole('main').getByRole('button', { name: 'Log out' }).click();
  await page.goto('/inbox');
  expect(page.url()).toContain('/login');
  await page.context().close();
});

const wire = await startJongodb();
afterAll(async () => {
  if (!('missing' in wire)) await wire.stop();
});
describe.skipIf('missing' in wire)('two processes that share a database', () => {
  const env = {
    DATABASE_URL: 'missing' in wire ? '' : wire.url.replace('/bff?', `/n${newId()}?`),
    APP_SECRET: 'a secret for tests, at least thirty-two characters',
  };
  let other: AppProcess;
  afterAll(async () => {
    await other?.dispose();
  });

  test('a page of one hears of a letter that the other has delivered', async () => {
    const one = await serveInstallation({ rateLimits: false, env });
    other = await startApp({ env });
    const [mia, nora] = (await makePeople(one, 'mia', 'nora')) as [Person, Person];
    await befriend(one, mia, nora);
    const page = await around.browser.visit(other.url);
    await page.context().addCookies([{ name: 'bff', value: nora.token, url: other.url }]);
    await page.goto('/inbox');
    await page.getByRole('heading', { name: 'No letters yet' }).waitFor();
    await sendLetter(one, mia, nora);
    await until(page, 'the envelope', async () => (await unopened(page)) === 1);
    expect(await page.title()).toBe('(1) Inbox · Project BFF');
    await page.context().close();
    await one.close();
  });
});
