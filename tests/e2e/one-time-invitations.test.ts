import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { desktop, phone } from '#tests/support/browser.ts';
import { type Person as Member, makePeople } from '#tests/support/journey-people.ts';
import { makeLiar } from '#tests/support/lying-database.ts';
import { type Person, personAt } from '#tests/support/people.ts';
import { sitDownSealed } from '#tests/support/sealed-browser.ts';
import { servedSurroundings } from '#tests/support/served-surroundings.ts';
import { useApp } from '#tests/support/use-app.ts';

/** Makes a link on the page for it. */
async function makeLink(person: Person): Promise<string> {
  await person.page.goto('/friends/invite');
  await person.press('Make a link');
  const link = await person.page.getByLabel('Send them this link').inputValue();
  expect(link).toMatch(/\/friends\/join\/[\w-]{22}#[\w-]{22}$/);
  return link;
}

describe.each([
  { how: 'with JavaScript off', javaScript: false, viewport: desktop },
  { how: 'in sealed sessions', javaScript: true, viewport: phone },
])('an invitation for one friend $how', ({ javaScript, viewport }) => {
  const around = useApp({ demo: true, serviceWorker: false });
  const visit = () => around.browser.visit(around.app.url, { javaScript, viewport });
  let alpha: Person;

  beforeAll(async () => {
    alpha = personAt(await visit(), 'alpha', 'test1234');
    await alpha.logIn();
  });

  const join = async (page: Page, person: Person) => {
    await person.see('alpha would like to write to you');
    await page.getByRole('link', { name: 'Join', exact: true }).click();
    await person.see('Join');
    await page.getByLabel('Username').fill(person.username);
    await page.getByLabel('Email').fill(person.email);
    await page.getByLabel('Password', { exact: true }).fill(person.password);
    const again = page.getByLabel('Confirm password');
    if (await again.isVisible()) await again.fill(person.password);
    await person.press('Join');
    await person.see('Write these down');
    await person.giveTwoWords(await person.readWords());
    await person.see('Check your email');
    // As from a mail: in another tab of the same browser.
    const tab = await page.context().newPage();
    const inTab = personAt(tab, person.username);
    await tab.goto(await person.findVerificationLink());
    await inTab.press('Confirm address');
    await inTab.see('Become friends with alpha?');
    return inTab;
  };

  test('leads through joining to a friend, whose key is the one in the link', async () => {
    const link = await makeLink(alpha);
    await alpha.page.getByRole('img', { name: 'QR code for this link' }).waitFor();
    const page = await visit();
    const sent: string[] = [];
    page.context().on('request', (request) => {
      sent.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}`);
    });
    await page.goto(link);
    const nora = await join(page, personAt(page, 'nora'));
    await nora.press('Become friends');
    await nora.see('You and alpha are friends');
    const matched = nora.page.getByRole('status').filter({ hasText: 'alpha’s key is the one in their link' });
    const unchecked = nora.page.getByText('We couldn’t check alpha’s key here');
    await (javaScript ? matched : unchecked).waitFor();
    expect(await (javaScript ? unchecked : matched).count()).toBe(0);
    expect(sent.length).toBeGreaterThan(10);
    const [, fingerprint = ''] = link.split('#');
    expect(sent.filter((request) => request.includes(fingerprint))).toEqual([]);
    if (javaScript) expect(await nora.page.evaluate(() => localStorage.length)).toBe(0);
    await nora.page.getByRole('link', { name: 'Say hello' }).click();
    await nora.see('New letter');

    await alpha.page.goto('/inbox');
    await alpha.page.getByText('accepted your invitation').waitFor();
    await alpha.press('Say hello: nora');
    await alpha.see('New letter');
    // It is used up.
    const late = await visit();
    expect((await late.goto(link))?.status()).toBe(409);
    await personAt(late, 'late').see('This invitation has been used');
  });

  test('can be revoked', async () => {
    const link = await makeLink(alpha);
    await alpha.page.goto('/friends/invite');
    await alpha.page.getByRole('button', { name: 'Revoke' }).first().click();
    await alpha.told('Revoked.');
    const page = await visit();
    await page.goto(link);
    await personAt(page, 'nobody').see('This invitation no longer works');
  });

  test.runIf(javaScript)('says when the end of its fragment is missing', async () => {
    const link = await makeLink(alpha);
    const page = await visit();
    await page.goto(link.slice(0, -3));
    await personAt(page, 'nobody').see('This link seems to be cut off');
    await page.goto('/about');
    await page.goto(link);
    await personAt(page, 'nobody').see('alpha would like to write to you');
  });
});

describe('a server that hands out a key of its own for the inviter', () => {
  const around = servedSurroundings();
  let liar: Awaited<ReturnType<typeof makeLiar>>;
  let sam: Person;
  let link: string;

  beforeAll(async () => {
    const [mia, one] = (await makePeople(around.world, 'mia', 'sam')) as [Member, Member];
    liar = await makeLiar(around.world);
    link = await makeLink(await sitDownSealed(around.world, around.browser, mia, { viewport: phone }));
    sam = await sitDownSealed(around.world, around.browser, one, { viewport: phone });
  });

  test('makes no friends, and is told on; with the true key they are', async () => {
    const { page } = sam;
    const endLie = await liar.swapKey('mia');
    await page.goto(link);
    await sam.press('Become friends');
    await sam.see('This isn’t mia’s key');
    expect(await sam.complaint()).toContain('isn’t the one in the link they sent you');
    expect((await liar.pinsOf('sam')).pins).toBeNull();
    await page.goto('/friends');
    expect(await page.getByRole('link', { name: 'Safety number' }).count()).toBe(0);
    await endLie();
    await page.goto(link);
    await sam.press('Become friends');
    await page.getByText('mia’s key is the one in their link').waitFor();
    // From here on, another key is a changed one.
    const endLater = await liar.swapKey('mia');
    await page.goto('/friends/mia/safety');
    await page.getByText('mia has new keys').waitFor();
    // Even where the server says that they are friends already.
    await page.goto(link);
    await sam.see('This isn’t mia’s key');
    await endLater();
  });
});
