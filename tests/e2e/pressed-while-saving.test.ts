import type { Page, Route } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { befriend, type Person as Member, makePeople } from '#tests/support/journey-people.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { jpeg, type Person, personAt, photoField, readSentCopy } from '#tests/support/people.ts';
import { sitDownSealed } from '#tests/support/sealed-browser.ts';
import { servedSurroundings } from '#tests/support/served-surroundings.ts';

const around = servedSurroundings({ serviceWorker: false });
let members: Member[];
beforeAll(async () => {
  members = await makePeople(around.world, 'alpha', 'beta');
  const [alpha, beta] = members;
  if (alpha && beta) await befriend(around.world, alpha, beta);
});

/** At a browser with scripts, in a session that seals in the browser or has the server seal. */
async function sitDown(mode: 'sealed' | 'assisted'): Promise<Person> {
  const { world, browser } = around;
  const [alpha] = members;
  if (!alpha) throw new Error('nobody there');
  if (mode === 'sealed') return sitDownSealed(world, browser, alpha);
  const page = await browser.visit(world.url);
  await page.context().addCookies([{ name: 'bff', value: alpha.token, url: world.url }]);
  return personAt(page, 'alpha', alpha.password);
}

/** Holds requests back until they are let go. */
async function holdBack(
  page: Page,
  address: RegExp,
): Promise<{ came: Promise<void>; letGo(): Promise<void> }> {
  let came = () => {};
  const arrival = new Promise<void>((resolve) => {
    came = resolve;
  });
  const held: Route[] = [];
  let isOpen = false;
  await page.route(address, async (route) => {
    if (isOpen) return route.continue();
    held.push(route);
    came();
  });
  return {
    came: arrival,
    async letGo() {
      isOpen = true;
      for (const route of held) await route.continue();
    },
  };
}

async function begin({ page }: Person, title: string): Promise<void> {
  await page.goto('/write?to=beta');
  await page.getByLabel('Title').pressSequentially(title);
  await page.getByRole('textbox', { name: 'Letter', exact: true }).pressSequentially('Dear beta');
}

const saving = { sealed: /drafts\.save/, assisted: /\/write\/autosave/ };

describe.each(['sealed', 'assisted'] as const)('“Seal and send”, pressed in a %s session', (mode) => {
  test('while the words save themselves, sends as soon as they are saved', async () => {
    const alpha = await sitDown(mode);
    const { page } = alpha;
    const save = await holdBack(page, saving[mode]);
    await begin(alpha, 'While it saves');
    await save.came;
    await alpha.press('Seal and send');
    await page.getByRole('button', { name: 'Sealing…' }).waitFor();
    await save.letGo();
    await readSentCopy(page);
    await alpha.see('While it saves');
    await page.context().close();
  });

  test('while “Save as draft” is at work, sends what is saved, its photo once', async () => {
    const alpha = await sitDown(mode);
    const { page } = alpha;
    await begin(alpha, 'Saved, then sent');
    await photoField(page).setInputFiles([jpeg('one.jpg', await makePhoto(7, { width: 300, height: 200 }))]);
    const save = await holdBack(page, mode === 'sealed' ? /drafts\.save/ : /\/write(\.data)?(\?|$)/);
    await alpha.press('Save as draft');
    await save.came;
    await alpha.press('Seal and send');
    await save.letGo();
    await readSentCopy(page);
    await alpha.see('Saved, then sent');
    await expect.poll(() => page.locator('.photo img').count()).toBe(1);
    await page.context().close();
  });
});

test('“Seal and send” is not lost while what saves the words is still being loaded', async () => {
  const alpha = await sitDown('sealed');
  const { page } = alpha;
  const script = await holdBack(page, /\/assets\/submit-sealed-form-/);
  await begin(alpha, 'Slow scripts');
  await page.getByRole('status').filter({ hasText: 'Saving…' }).waitFor();
  await alpha.press('Seal and send');
  await script.letGo();
  await readSentCopy(page);
  await page.context().close();
});

test('the button stays where it is when saving begins', async () => {
  const alpha = await sitDown('sealed');
  const { page } = alpha;
  await begin(alpha, 'Steady');
  await alpha.press('Save as draft');
  await page.getByText('Draft saved.').waitFor();
  const top = () =>
    page.getByRole('button', { name: 'Seal and send' }).evaluate((button) => {
      return button.getBoundingClientRect().top + scrollY;
    });
  const before = await top();
  const save = await holdBack(page, saving.sealed);
  await page.getByLabel('Title').press('End');
  await page.keyboard.type('!');
  await save.came;
  expect(await top()).toBe(before);
  await save.letGo();
  await page.context().close();
});
