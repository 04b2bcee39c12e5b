import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CodeAt, giveCode, giveName, readCodes, readSecret } from '#tests/support/authenticator-app.ts';
import { phone } from '#tests/support/browser.ts';
import { keptKeys, usableOnly } from '#tests/support/kept-keys.ts';
import { logOut, type Person, personAt } from '#tests/support/people.ts';
import { useApp } from '#tests/support/use-app.ts';
import { addAuthenticator, type VirtualAuthenticator } from '#tests/support/virtual-authenticator.ts';
import { watchDepartures } from '#tests/support/watch-departures.ts';

const password = 'test1234';
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name });

async function leave({ page }: Person): Promise<void> {
  await page.goto('/settings');
  await logOut(page);
  await page.waitForURL((url) => url.pathname === '/');
}

describe('a second factor', () => {
  const around = useApp({ demo: true, serviceWorker: false });
  const visit = (javaScript: boolean) =>
    around.browser.visit(around.app.url, { javaScript, viewport: phone });

  describe('of an app, without JavaScript', () => {
    let alpha: Person;
    let codeAt: CodeAt;
    let codes: string[];
    beforeAll(async () => {
      alpha = personAt(await visit(false), 'alpha', password);
    });

    test('is set up with a picture, a text and the first code, after some wrong turns', async () => {
      const { page } = alpha;
      await alpha.logIn();
      await page.goto('/settings');
      await link(page, /^Two-step login/).click();
      await alpha.see('Two-step login');
      await link(page, 'Set up an app').click();
      await field(page, 'Your password').fill('not it at all');
      await alpha.press('Continue');
      expect(await alpha.complaint()).toContain('password');
      await field(page, 'Your password').fill(password);
      await alpha.press('Continue');
      await alpha.see('Scan this with your app');
      const picture = page.getByRole('img', { name: /QR code/ });
      const drawn = picture.evaluate(async (image) => {
        await (image as HTMLImageElement).decode();
        return (image as HTMLImageElement).naturalWidth;
      });
      expect(await drawn).toBeGreaterThan(30);
      codeAt = await readSecret(page);
      await field(page, 'Code').fill('000');
      await alpha.press('Turn on');
      expect(await alpha.complaint()).toContain('That’s not the code');
      await field(page, 'Code').fill(codeAt(0));
      await alpha.press('Turn on');
      await alpha.see('Your one-time codes');
      codes = await readCodes(page);
      expect(new Set(codes).size).toBe(10);
      await link(page, 'I’ve saved them').click();
      await page.getByText('10 of ten').waitFor();
    });

    test('is asked for at the next log-in: a wrong code is refused, the right one leads on', async () => {
      await leave(alpha);
      await alpha.page.goto('/login?next=%2Fsent');
      await field(alpha.page, 'Username').fill('alpha');
      await field(alpha.page, 'Password').fill(password);
      await alpha.press('Log in');
      await alpha.see('One more step');
      expect(await alpha.page.getByRole('button', { name: 'Use a passkey' }).count()).toBe(0);
      await giveCode(alpha, 'AAAAA-AAAAA');
      expect(await alpha.complaint()).toContain('That code isn’t right');
      // Nothing is open yet.
      await alpha.page.goto('/inbox');
      await alpha.see('Log in');
      await alpha.page.goto('/login/code?next=%2Fsent');
      await giveCode(alpha, codeAt(1));
      await alpha.see('Sent');
    });

    test('a one-time code stands in for the phone, once', async () => {
      await leave(alpha);
      await giveName(alpha);
      await giveCode(alpha, (codes[0] ?? '').toLowerCase());
      await alpha.see('Inbox');
      await leave(alpha);
      await giveName(alpha);
      await giveCode(alpha, codes[0] ?? '');
      expect(await alpha.complaint()).toContain('That code isn’t right');
      await link(alpha.page, 'Start again').click();
      await alpha.see('Log in');
    });

    test('is asked for by a log-in with JavaScript, too, whose keys wait in the page', async () => {
      const page = await visit(true);
      const departures = watchDepartures(page.context());
      const other = personAt(page, 'alpha', password);
      await giveName(other);
      expect(await keptKeys(page)).toEqual([]);
      await giveCode(other, '12345');
      expect(await other.complaint()).toContain('That code isn’t right');
      expect(await keptKeys(page)).toEqual([]);
      await giveCode(other, codes[1] ?? '');
      await other.see('Inbox');
      expect(await keptKeys(page)).toMatchObject([{ username: 'alpha', ...usableOnly }]);
      await other.openLetterFrom('beta');
      expect(departures.carrying({ password })).toEqual([]);

      // The browser clears its storage: the password brings the keys back, with a code.
      await page.evaluate(() => indexedDB.deleteDatabase('bff-keys'));
      await page.goto('/inbox');
      await other.see('Unlock your letters');
      await field(page, 'Password').fill(password);
      await other.press('Unlock');
      await other.see('One more step');
      await giveCode(other, codes[2] ?? '');
      await other.see('Inbox');
      await other.openLetterFrom('beta');
      expect(departures.carrying({ password })).toEqual([]);
      await page.context().close();
    });

    test('is removed with password and code, and the codes go with it', async () => {
      await giveName(alpha);
      await giveCode(alpha, codes[3] ?? '');
      await alpha.see('Inbox');
      await alpha.page.goto('/settings/two-factor');
      await link(alpha.page, 'Remove app').click();
      await field(alpha.page, 'Your password').fill(password);
      await alpha.press('Remove app');
      expect(await alpha.complaint()).toContain('code');
      await field(alpha.page, 'Your password').fill(password);
      await field(alpha.page, 'Code').fill(codes[4] ?? '');
      await alpha.press('Remove app');
      await alpha.page.getByText('App removed.').waitFor();
      await leave(alpha);
      await alpha.logIn();
    });

    test('a passkey is not offered here: the page says what is missing', async () => {
      await alpha.page.goto('/settings/two-factor');
      const told = () => alpha.page.locator('noscript p').textContent();
      expect(await told()).toContain('Turn JavaScript on to add one');
      await link(alpha.page, 'Add a passkey').click();
      await alpha.see('Add a passkey');
      expect(await told()).toContain('Passkeys need JavaScript');
      expect(await alpha.page.getByRole('button', { name: /passkey/i }).count()).toBe(0);
    });
  });

  describe('of a passkey, in a sealed session', () => {
    let beta: Person;
    let authenticator: VirtualAuthenticator;
    let departures: ReturnType<typeof watchDepartures>;
    let codes: string[];
    beforeAll(async () => {
      beta = personAt(await visit(true), 'beta', password);
      authenticator = await addAuthenticator(beta.page);
      departures = watchDepartures(beta.page.context());
    });

    test('is added after the password, with a name, and brings ten codes', async () => {
      const { page } = beta;
      await beta.logIn();
      await page.goto('/settings/two-factor');
      await link(page, 'Add a passkey').click();
      await field(page, 'Your password').fill('not it at all');
      await beta.press('Continue');
      expect(await beta.complaint()).toContain('password');
      await field(page, 'Your password').fill(password);
      await beta.press('Continue');
      await beta.press('Create passkey');
      expect(await beta.complaint()).toContain('Name your passkey');
      await field(page, 'Name').fill('Test stick');
      await beta.press('Create passkey');
      await beta.see('Your one-time codes');
      codes = await readCodes(page);
      expect(codes).toHaveLength(10);
      expect(await authenticator.passkeys()).toHaveLength(1);
      await link(page, 'I’ve saved them').click();
      await page.getByRole('heading', { name: 'Test stick' }).waitFor();
      expect(departures.carrying({ password })).toEqual([]);
    });

    test('takes the place of the code at log-in', async () => {
      const { page } = beta;
      await leave(beta);
      expect(await keptKeys(page)).toEqual([]);
      await giveName(beta);
      await beta.press('Use a passkey');
      await beta.see('Inbox');
      expect(await keptKeys(page)).toMatchObject([{ username: 'beta' }]);
      expect((await authenticator.passkeys())[0]?.signCount).toBeGreaterThan(1);
      await beta.openLetterFrom('alpha');
      expect(departures.carrying({ password })).toEqual([]);
    });

    test('belongs to the page that knows the password: a log-in is begun again after leaving it', async () => {
      const { page } = beta;
      await leave(beta);
      await giveName(beta);
      await page.goto('/login/code');
      await beta.see('Log in');
      await page.getByText('That login took too long').waitFor();
      await page.goto('/inbox');
      await beta.see('Log in');
    });

    test('also finishes a log-in that was begun without JavaScript', async () => {
      const { page } = beta;
      const begun = page.evaluate(
        async (body) => {
          const form = new URLSearchParams(body);
          return (await fetch('/login', { method: 'POST', body: form })).url;
        },
        { username: 'beta', password, next: '/sent' },
      );
      expect(await begun).toContain('/login/code?next=%2Fsent');
      await page.goto('/login/code?next=%2Fsent');
      await beta.press('Use a passkey');
      await beta.see('Sent');
      expect(await keptKeys(page)).toEqual([]);
      await leave(beta);
      await giveName(beta);
      await beta.press('Use a passkey');
      await beta.see('Inbox');
    });

    test('is not the only way: a one-time code lets its owner in where it is not at hand', async () => {
      const elsewhere = personAt(await visit(true), 'beta', password);
      await addAuthenticator(elsewhere.page);
      await giveName(elsewhere);
      await elsewhere.press('Use a passkey');
      expect(await elsewhere.complaint()).toContain('Your passkey didn’t respond');
      expect(await keptKeys(elsewhere.page)).toEqual([]);
      await giveCode(elsewhere, codes[0] ?? '');
      await elsewhere.see('Inbox');
      await elsewhere.page.context().close();
    });

    test('shows at a change, too, that it is its owner’s', async () => {
      const { page } = beta;
      await page.goto('/settings/two-factor');
      await link(page, 'Get ten new codes').click();
      await field(page, 'Your password').fill('not it at all');
      await beta.press('Use a passkey instead');
      expect(await beta.complaint()).toContain('password');
      await field(page, 'Your password').fill(password);
      await beta.press('Use a passkey instead');
      await beta.see('Your one-time codes');
      const fresh = await readCodes(page);
      expect(fresh.filter((code) => codes.includes(code))).toEqual([]);
      codes = fresh;
      await link(page, 'I’ve saved them').click();
      await page.getByText('10 of ten').waitFor();
    });

    test('is renamed, and removed with password and code', async () => {
      const { page } = beta;
      departures = watchDepartures(page.context());
      await page.goto('/settings/two-factor');
      await link(page, 'Rename Test stick').click();
      await field(page, 'New name').fill('Kitchen drawer');
      await beta.press('Save');
      await page.getByRole('heading', { name: 'Kitchen drawer' }).waitFor();
      await link(page, 'Remove Kitchen drawer').click();
      await field(page, 'Your password').fill(password);
      await field(page, 'Code').fill(codes[1] ?? '');
      await beta.press('Remove passkey');
      await page.getByText('Passkey removed.').waitFor();
      await leave(beta);
      await beta.logIn();
      expect(departures.carrying({ password })).toEqual([]);
    });
  });
});
