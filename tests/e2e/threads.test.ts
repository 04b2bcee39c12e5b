import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { desktop, phone, type VisitOptions } from '#tests/support/browser.ts';
import { inspectPage, untilOpened } from '#tests/support/inspect-page.ts';
import { type Person as Member, makeFriends, sendLetter } from '#tests/support/journey-people.ts';
import { sitDownSealed } from '#tests/support/sealed-browser.ts';
import { servedSurroundings } from '#tests/support/served-surroundings.ts';

// The letters with one friend: in one place, narrowed down, starred and archived.

const around = servedSurroundings({ serviceWorker: false });
let members: Record<'alpha' | 'beta', Member>;

beforeAll(async () => {
  members = await makeFriends(around.world);
  const { alpha, beta } = members;
  await sendLetter(around.world, alpha, beta, { title: 'The first of May', body: 'Dear beta' });
  await sendLetter(around.world, beta, alpha, { title: 'Thank you', body: 'Dear alpha' });
  await sendLetter(around.world, alpha, beta, { title: 'Still closed', body: 'Dear beta' });
});

async function assisted(options: VisitOptions): Promise<Page> {
  const page = await around.browser.visit(around.world.url, { javaScript: false, ...options });
  await page.context().addCookies([{ name: 'bff', value: members.beta.token, url: around.world.url }]);
  return page;
}

async function sealed(options: VisitOptions): Promise<Page> {
  return (await sitDownSealed(around.world, around.browser, members.beta, options)).page;
}

describe.each([
  { name: 'without JavaScript, on a phone', open: assisted, viewport: phone },
  { name: 'with JavaScript, on a desktop', open: sealed, viewport: desktop },
])('a thread $name', ({ open, viewport }) => {
  test('leads from the friend to letters, stamps, a star and the archive', async () => {
    const page = await open({ viewport });
    const show = (text: string) => page.getByText(text, { exact: false }).first().waitFor();
    await page.goto('/friends');
    await page.getByRole('link', { name: /Last wrote to you on/ }).click();
    await page.getByRole('heading', { level: 1, name: 'alpha' }).waitFor();
    await show('3 letters since');
    await untilOpened(page);
    expect(await page.locator('.thread-month .envelope').count()).toBe(3);
    expect(await inspectPage(page)).toEqual([]);

    await page.getByRole('link', { name: 'Starred', exact: true }).click();
    await show('No stars yet');
    await page.getByRole('link', { name: 'Unread', exact: true }).click();
    await show('No letters like that');
    await page.getByRole('link', { name: 'All letters' }).click();
    await page.locator('.thread-month .envelope').nth(2).waitFor();

    await page.locator('.thread-month').getByRole('link').last().click();
    await page.getByRole('button', { name: 'Star', exact: true }).click();
    await page.getByRole('button', { name: 'Remove star' }).waitFor();
    await page.getByRole('button', { name: 'Archive' }).click();
    await show('Letter archived');
    await page.getByRole('link', { name: 'Archive' }).click();
    await page.getByRole('heading', { level: 1, name: 'Archive' }).waitFor();
    await show('The first of May');
    expect(await inspectPage(page)).toEqual([]);
    await page.getByRole('link', { name: /The first of May/ }).click();
    await page.getByRole('button', { name: 'Move to inbox' }).click();
    await show('back in your inbox');

    await page.goto('/letters/with/alpha?starred');
    await show('The first of May');
    await page.getByRole('link', { name: 'Stamp album' }).click();
    await page.getByRole('heading', { level: 2, name: 'Stamp album' }).waitFor();
    expect(await page.locator('.album-stamp').count()).toBe(3);
    expect(await inspectPage(page)).toEqual([]);
    await page
      .getByRole('link', { name: /Letter from alpha/ })
      .last()
      .click();
    await page.getByRole('button', { name: 'Remove star' }).click();
    await page.getByRole('button', { name: 'Star', exact: true }).waitFor();
  });
});
