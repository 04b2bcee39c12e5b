import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { phone } from '#tests/support/browser.ts';
import { type Person, personAt } from '#tests/support/people.ts';
import { untilMailed } from '#tests/support/until-mailed.ts';
import { useApp } from '#tests/support/use-app.ts';

const number = '+4915550100100';

/** Somebody looks after how they are told of letters: with plain forms, and with JavaScript on. */
describe.each([
  { mode: 'without JavaScript', javaScript: false },
  { mode: 'with JavaScript', javaScript: true },
])('notification settings $mode', ({ javaScript }) => {
  const around = useApp({ demo: true, serviceWorker: false });
  let page: Page;
  let beta: Person;

  beforeAll(async () => {
    page = await around.browser.visit(around.app.url, {
      javaScript,
      viewport: phone,
      timezoneId: 'Asia/Tokyo',
    });
    beta = personAt(page, 'beta', 'test1234');
    await beta.logIn();
  });

  const openSettings = async () => {
    await page.goto('/settings');
    await page.getByRole('link', { name: /^Notifications/ }).click();
    await beta.see('Notifications');
  };
  const latestTo = (address: string, pattern: RegExp) => untilMailed(around.app, address, pattern);

  test('are saved, shown again, and suggest the browser’s zone where it is known', async () => {
    await openSettings();
    const zone = page.getByLabel('Your time zone');
    expect(await zone.inputValue()).toBe(javaScript ? 'Asia/Tokyo' : '');
    await page.getByLabel('One daily summary').check();
    await page.getByLabel('Send summary at').selectOption({ label: '07:00' });
    await page.getByLabel('Quiet hours start').fill('22:15');
    await page.getByLabel('Quiet hours end').fill('06:30');
    await zone.selectOption('America/St_Johns');
    await beta.press('Save');
    await page.getByText('Saved.').waitFor();
    await openSettings();
    expect(await page.getByLabel('One daily summary').isChecked()).toBe(true);
    expect(await page.getByLabel('Send summary at').inputValue()).toBe('7');
    expect(await page.getByLabel('Quiet hours start').inputValue()).toBe('22:15');
    expect(await page.getByLabel('Quiet hours end').inputValue()).toBe('06:30');
    expect(await zone.inputValue()).toBe('America/St_Johns');
  });

  test('say what is missing, at the field, and keep what was typed', async () => {
    await openSettings();
    await page.getByLabel('Every letter, right away').check();
    await page.getByLabel('Quiet hours start').fill('');
    await page.getByLabel('Quiet hours end').fill('09:45');
    await beta.press('Save');
    expect(await beta.complaint()).toContain('Choose when quiet hours start.');
    await page.getByRole('link', { name: 'Quiet hours start' }).click();
    expect(await page.getByLabel('Quiet hours end').inputValue()).toBe('09:45');
    expect(await page.getByLabel('Every letter, right away').isChecked()).toBe(true);
    const field = page.getByLabel('Quiet hours start');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
  });

  test('take a number, text it a code, and take the code', async () => {
    await openSettings();
    await page.getByLabel('Number', { exact: true }).fill('nine nine');
    await beta.press('Send code');
    expect(await beta.complaint()).toContain('country code');
    expect(await page.getByLabel('Number', { exact: true }).inputValue()).toBe('nine nine');
    await page.getByLabel('Number', { exact: true }).fill('+49 1555 010 0100');
    await beta.press('Send code');
    await page.getByText('We’ve texted you a code').waitFor();
    const code = await latestTo(number, /^\d{6}/);
    const field = page.getByLabel('Code', { exact: true });
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
    await field.fill(code === '000000' ? '000001' : '000000');
    await beta.press('Confirm');
    expect(await beta.complaint()).toContain('you have 4 more tries');
    await page.getByLabel('Code', { exact: true }).fill(code);
    await beta.press('Confirm');
    await page.getByText('Your number is confirmed').waitFor();
    const texts = page.getByLabel(`Text ${number}`);
    expect(await texts.isChecked()).toBe(true);
    await texts.uncheck();
    await beta.press('Save');
    await page.getByText('Saved.').waitFor();
    await openSettings();
    expect(await texts.isChecked()).toBe(false);
    await beta.press('Remove number');
    await beta.told('Number removed.');
    expect(await page.getByLabel('Number', { exact: true }).inputValue()).toBe('');
    expect(await texts.count()).toBe(0);
  });

  test('can be used by keyboard alone', async () => {
    await openSettings();
    await page.getByLabel('Every letter, right away').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.getByLabel('No emails').isChecked()).toBe(true);
    const seen = new Set<string>();
    for (let i = 0; i < 25; i += 1) {
      await page.keyboard.press('Tab');
      seen.add(await page.evaluate(() => document.activeElement?.getAttribute('name') ?? ''));
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(['digestHour', 'quietFrom', 'quietTo', 'timeZone', 'intent']),
    );
  });

  test('of e-mail are ended by the link in a mail and one press, or by the mail program alone', async () => {
    await openSettings();
    await page.getByLabel('Every letter, right away').check();
    await page.getByLabel('Quiet hours start').fill('');
    await page.getByLabel('Quiet hours end').fill('');
    await beta.press('Save');
    await page.getByText('Saved.').waitFor();
    const writer = await around.browser.visit(around.app.url, { javaScript: false });
    const alpha = personAt(writer, 'alpha', 'test1234');
    await alpha.logIn();
    await alpha.startLetterTo('beta');
    await alpha.fillLetter({ title: 'One letter', body: 'And a few words in it.' });
    await alpha.press('Seal and send');
    const link = await latestTo(beta.email, /http\S+\/unsubscribe\/\S+/);

    const stranger = await around.browser.visit(around.app.url, { javaScript });
    await stranger.goto(link);
    await stranger.getByRole('button', { name: 'Unsubscribe' }).click();
    await stranger.getByRole('heading', { name: 'You’re unsubscribed' }).waitFor();
    await openSettings();
    expect(await page.getByLabel('No emails').isChecked()).toBe(true);

    await page.getByLabel('Every letter, right away').check();
    await beta.press('Save');
    await page.getByText('Saved.').waitFor();
    const pressed = await fetch(link, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
      redirect: 'manual',
    });
    expect(pressed.status).toBe(200);
    await openSettings();
    expect(await page.getByLabel('No emails').isChecked()).toBe(true);
    const wrong = await fetch(`${link.slice(0, -2)}xx`, { redirect: 'manual' });
    expect(wrong.status).toBe(404);
    expect(around.app.logs()).not.toContain(link.split('/').at(-1));
  });
});
