import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { desktop, phone } from '#tests/support/browser.ts';
import { type Person, personAt } from '#tests/support/people.ts';
import { untilMailed } from '#tests/support/until-mailed.ts';
import { useApp } from '#tests/support/use-app.ts';

/** What a person looks after over the years, with the wrong turns. */
describe.each([
  { how: 'with JavaScript off', javaScript: false },
  { how: 'in sealed sessions', javaScript: true },
])('settings $how', ({ javaScript }) => {
  const around = useApp({ demo: true, serviceWorker: false });
  const password = 'test1234';
  let page: Page;
  let beta: Person;

  const visit = (viewport = phone) =>
    around.browser.visit(around.app.url, { javaScript, viewport, timezoneId: 'UTC' });
  /** A browser of its own in which beta logs in, in the other way than here. */
  const onAnother = async () => {
    const other = await around.browser.visit(around.app.url, { javaScript: !javaScript, viewport: desktop });
    await personAt(other, 'beta', password).logIn();
    return other;
  };
  const isOut = async (other: Page) => {
    await other.goto('/inbox');
    return new URL(other.url()).pathname === '/login';
  };
  const told = (what: string) => page.getByRole('status').filter({ hasText: what }).first().waitFor();
  /** Has the server's answer before the next step: a script's request does not outlive its page. */
  const pressed = async (name: string) => {
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await Promise.all([answer, beta.press(name)]);
  };
  const linkTo = (address: string) => untilMailed(around.app, address, /https?:\S+\/email\/\S+/);

  beforeAll(async () => {
    page = await visit();
    beta = personAt(page, 'beta', password);
    await beta.logIn();
  });

  test('a name is refused with what was typed kept, then saved', async () => {
    await page.goto('/settings/profile');
    const field = page.getByLabel('Your name');
    // As a browser would that knows nothing of how long a field may be.
    await field.evaluate((input) => input.removeAttribute('maxlength'));
    await field.fill('B'.repeat(61));
    await beta.press('Save');
    expect(await beta.complaint()).not.toBe('');
    expect(await page.getByLabel('Your name').inputValue()).toBe('B'.repeat(61));
    await page.getByLabel('Your name').fill('Beta of the lake');
    await beta.press('Save');
    await told('Saved.');
    await page.reload();
    expect(await page.getByLabel('Your name').inputValue()).toBe('Beta of the lake');
  });

  test('the appearance is this device’s, from the first byte of the next page', async () => {
    await page.goto('/settings/appearance');
    await page.getByLabel('Dark').check();
    await beta.press('Save');
    await told('Saved.');
    const colour = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const dark = await colour();
    await page.getByLabel('Light').check();
    await beta.press('Save');
    await page.locator('html[data-theme=light]').waitFor();
    expect(await colour()).not.toBe(dark);
  });

  test('a device is ended by itself, and all others together; this one stays', async () => {
    const [one, two] = [await onAnother(), await onAnother()];
    await page.goto('/settings/devices');
    const rows = page.getByRole('list', { name: 'Your devices' }).getByRole('listitem');
    const before = await rows.count();
    expect(before).toBeGreaterThanOrEqual(3);
    await rows
      .getByRole('button', { name: /^Log out/ })
      .first()
      .click();
    await told('Device logged out.');
    expect(await rows.count()).toBe(before - 1);
    await beta.press('Log out all other devices');
    await told('All other devices are logged out.');
    expect(await rows.count()).toBe(1);
    for (const other of [one, two]) expect(await isOut(other)).toBe(true);
    await page.goto('/settings/activity');
    await beta.see('Activity');
    expect(await page.getByRole('main').textContent()).toMatch(/logged in/i);
  });

  test('an address is changed by both mailboxes, with the password, and can be called off', async () => {
    const ask = async (email: string, current: string) => {
      await page.goto('/settings/email');
      await page.getByLabel('New email address').fill(email);
      await page.getByLabel('Your password').fill(current);
      await beta.press('Send links');
    };
    await ask('beta-new@example.test', 'not the password');
    await beta.complaint();
    expect(await page.getByLabel('New email address').inputValue()).toBe('beta-new@example.test');
    await ask('no address', password);
    await beta.complaint();

    await ask('beta-off@example.test', password);
    await told('We’ve sent two emails');
    await page.goto(await linkTo('beta-off@example.test'));
    await pressed('Cancel the change');
    await page.goto(await linkTo('beta-off@example.test'));
    await beta.see('This link no longer works');

    await ask('beta-new@example.test', password);
    await page.goto(await linkTo('beta-new@example.test'));
    await beta.see('Is this your address?');
    await pressed('Yes, it’s mine');
    await page.goto('/settings/email');
    const old =
      (await around.app.mails())
        .map(({ to }) => to)
        .filter((to) => !/beta-/.test(to))
        .at(-1) ?? '';
    await page.goto(await linkTo(old));
    await beta.see('Approve your new email address?');
    await pressed('Approve');
    await page.goto('/settings/email');
    expect(await page.getByRole('main').textContent()).toContain('beta-new@example.test');
  });

  // In sealed sessions: sealed-keys.test.ts.
  test.skipIf(javaScript)(
    'a password is changed by who knows it; other devices are out, and the old one is nothing',
    async () => {
      const other = await onAnother();
      const next = 'a lantern by the lake';
      const change = async (current: string, again: string) => {
        await page.goto('/settings/password');
        await page.getByLabel('Current password').fill(current);
        await page.getByLabel('New password', { exact: true }).fill(next);
        await page.getByLabel('Confirm new password').fill(again);
        await beta.press('Change password');
      };
      await change('wrong password', next);
      await beta.complaint();
      await change(password, 'another one altogether');
      await beta.complaint();
      expect(await isOut(other)).toBe(false);
      await change(password, next);
      await page.waitForURL(/done=password/);
      expect(await isOut(other)).toBe(true);
      const again = personAt(await visit(), 'beta', password);
      await again.page.goto('/login');
      await again.page.getByLabel('Username').fill('beta');
      await again.page.getByLabel('Password').fill(password);
      await again.press('Log in');
      await again.complaint();
    },
  );
});
