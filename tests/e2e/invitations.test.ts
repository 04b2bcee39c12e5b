import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { desktop, phone } from '#tests/support/browser.ts';
import { type Person, personAt } from '#tests/support/people.ts';
import { useApp } from '#tests/support/use-app.ts';

/** From a friend's link to the first letter, in at most six screens. */
describe.each([
  { how: 'with JavaScript off', javaScript: false, viewport: desktop },
  { how: 'in sealed sessions', javaScript: true, viewport: phone },
])('an invitation $how', ({ javaScript, viewport }) => {
  const around = useApp({ demo: true, serviceWorker: false });
  const visit = () => around.browser.visit(around.app.url, { javaScript, viewport });
  let alpha: Person;
  let link: string;

  beforeAll(async () => {
    alpha = personAt(await visit(), 'alpha', 'test1234');
    await alpha.logIn();
    link = `/friends/add/${await alpha.friendCode()}`;
  });

  const fillJoin = async (page: Page, { username, email, password }: Person) => {
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    const again = page.getByLabel('Confirm password');
    if (await again.isVisible()) await again.fill(password);
  };

  test('leads through four numbered steps back to the friend, and to the first letter', async () => {
    const page = await visit();
    const nora = personAt(page, 'nora');
    const onTheWay = async (step: number) => {
      await page.getByText(`Step ${step} of 4`).first().waitFor();
      await page.getByText('alpha invited you to write letters.').first().waitFor();
    };
    await page.goto(link);
    await nora.see('alpha would like to write to you');
    await page.getByRole('link', { name: 'Join', exact: true }).click();
    await nora.see('Join');
    await onTheWay(1);
    await fillJoin(page, nora);
    await nora.press('Join');
    await nora.see('Write these down');
    await onTheWay(2);
    const words = await nora.readWords();
    await page.getByRole('link', { name: 'I’ve written them down' }).click();
    await nora.fillTwoWords(words);
    await onTheWay(3);
    await nora.press('Confirm');
    await nora.see('Check your email');
    await onTheWay(4);
    await page.goto(await nora.findVerificationLink());
    await nora.see('Is this your address?');
    await onTheWay(4);
    await nora.press('Confirm address');
    await nora.see('Ask alpha to be your friend?');
    await nora.press('Send request');
    await nora.told('Request sent.');

    await alpha.page.goto('/inbox');
    await alpha.page.getByRole('link', { name: /Friends.*1 request/ }).waitFor();
    await alpha.press('Accept: nora');
    await alpha.told('You’re friends now');
    await page.goto('/inbox');
    await nora.press('Say hello: alpha');
    await nora.see('New letter');
    await page.goto('/inbox');
    expect(await page.getByText('accepted your request').count()).toBe(0);
  });

  test('confirmed on another device, goes on where they joined', async () => {
    const [page, other] = [await visit(), await visit()];
    const otto = personAt(page, 'otto');
    await page.goto(link);
    await otto.join();
    await otto.confirmRecoveryPhrase(await otto.readWords());
    const elsewhere = personAt(other, 'otto');
    await elsewhere.verify();
    await elsewhere.see('Your address is confirmed');
    await other.goto('/inbox');
    await elsewhere.see('Log in');
    await page.goto('/join/mail');
    await otto.see('Your address is confirmed');
    await otto.press('Continue');
    await otto.see('Ask alpha to be your friend?');
  });

  test.runIf(javaScript)('the password can be seen, and is estimated, before anything is sent', async () => {
    const page = await visit();
    await page.goto('/join');
    const field = page.getByLabel('Password', { exact: true });
    await field.fill('alphabet');
    await page
      .getByRole('status')
      .filter({ hasText: /easy to guess/i })
      .waitFor();
    await field.fill('lantern otter waltz tuesday');
    await page.getByRole('status').filter({ hasText: 'Very strong' }).waitFor();
    expect(await field.getAttribute('type')).toBe('password');
    await page.getByRole('button', { name: 'Show password' }).press('Enter');
    expect(await field.getAttribute('type')).toBe('text');
    await page.getByRole('button', { name: 'Hide password' }).press('Enter');
    expect(await field.inputValue()).toBe('lantern otter waltz tuesday');
  });

  test('the words can be saved as a file, and with JavaScript copied and printed', async () => {
    const page = await visit();
    const pia = personAt(page, 'pia');
    await pia.join();
    const words = await pia.readWords();
    const saving = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Save as a file' }).click();
    const file = await (await saving).path();
    const text = await readFile(file, 'utf8');
    for (const [n, word] of words.entries()) expect(text).toContain(`${n + 1}. ${word}\r\n`);
    if (!javaScript) return expect(await page.getByRole('button', { name: 'Copy' }).count()).toBe(0);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await pia.press('Copy');
    await pia.told('Copied.');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(words.join(' '));
    await page.evaluate(() => {
      window.print = () => document.body.classList.add('printed');
    });
    await pia.press('Print');
    expect(await page.evaluate(() => document.body.classList.contains('printed'))).toBe(true);
  });

  test.runIf(javaScript)('the link can be shared by the system’s own sheet', async () => {
    const page = await alpha.page.context().newPage();
    await page.addInitScript(() => {
      const share = async (shared: ShareData) => {
        document.documentElement.dataset.shared = JSON.stringify(shared);
      };
      Object.defineProperty(navigator, 'share', { value: share });
    });
    await page.goto('/friends');
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'Shared.' }).waitFor();
    const shared = await page.evaluate(() => document.documentElement.dataset.shared ?? '');
    expect(JSON.parse(shared).url).toBe(around.app.url + link);
    expect(shared).not.toContain('"alpha');
  });
});
