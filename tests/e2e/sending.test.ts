import { beforeAll, describe, expect, test } from 'vitest';
import { desktop, phone } from '#tests/support/browser.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { jpeg, type Person, personAt } from '#tests/support/people.ts';
import { useApp } from '#tests/support/use-app.ts';

/** From the press of the button to the friend: posted, followed, called back. */
describe.each([
  { how: 'with JavaScript off', javaScript: false, viewport: phone },
  { how: 'in a sealed session', javaScript: true, viewport: desktop },
])('a letter that was sent $how', ({ javaScript, viewport }) => {
  const around = useApp({ demo: true, serviceWorker: false, env: { UNDO_SECONDS: '5' } });
  let alpha: Person;

  beforeAll(async () => {
    alpha = personAt(
      await around.browser.visit(around.app.url, { javaScript, viewport }),
      'alpha',
      'test1234',
    );
    await alpha.logIn();
  });

  const write = async (title: string, arrival: string, date?: string) => {
    const { page } = alpha;
    await page.goto('/write?to=beta');
    await alpha.fillLetter({ title, body: 'Wait, I forgot something.' });
    await page.getByLabel('Arrives').selectOption({ label: arrival });
    if (date) await page.getByLabel('Day', { exact: true }).fill(date);
  };
  const stations = () =>
    alpha.page.getByRole('list', { name: 'Where your letter is' }).getByRole('listitem').allInnerTexts();
  const undo = () => alpha.page.getByRole('button', { name: 'Undo and call it back' });

  test('is a draft again when it is called back, with its photo', async () => {
    const { page } = alpha;
    await write('Come back', 'In three days');
    await alpha.fillLetter({ files: [jpeg('door.jpg', await makePhoto(1, { width: 320, height: 240 }))] });
    await alpha.press('Seal and send');
    await alpha.see('Your letter to beta is on its way');
    const [posted, arrives, opened] = await stations();
    expect(posted).toMatch(/^Sealed and posted\n+\w+day, /);
    expect(arrives).toMatch(/^Arrives\n+\w+day, [\s\S]*You can call it back until then\.$/);
    expect(opened).toBe('Opened');
    await page.goto('/sent');
    await page.getByText('On its way').first().waitFor();
    await page.goBack();
    await undo().click();
    await page.waitForURL(/\/write\?draft=/);
    await expect.poll(() => page.getByLabel('Title').inputValue()).toBe('Come back');
    await expect
      .poll(() =>
        page
          .getByRole('group', { name: /^Photos/ })
          .getByRole('img')
          .count(),
      )
      .toBe(1);
    await page.goto('/sent');
    expect(await page.getByRole('link', { name: /^Come back/ }).count()).toBe(0);
  });

  test('wears the stamp that was chosen for it', async () => {
    const { page } = alpha;
    await write('With a whale', 'In three days');
    await page.locator('summary', { hasText: 'Stamp' }).first().click();
    await page.getByRole('radio', { name: 'Whale' }).check();
    await alpha.press('Save as draft');
    await page.waitForURL(/\/write\?draft=/);
    await page.reload();
    await expect
      .poll(() => page.getByRole('radio', { name: 'Whale', includeHidden: true }).isChecked())
      .toBe(true);
    await alpha.press('Seal and send');
    await alpha.see('Your letter to beta is on its way');
    const stamp = page.getByRole('img', { name: 'Stamp on your letter to beta' });
    expect(await stamp.locator('desc').textContent()).toMatch(/a whale blowing its spout/);
    await undo().click();
    await page.waitForURL(/\/write\?draft=/);
  });

  test('arrives after a few seconds, and can’t be called back any more', async () => {
    const { page } = alpha;
    await write('Too late', 'Now');
    await alpha.press('Seal and send');
    await alpha.see('Your letter to beta is on its way');
    await page.getByText(/^You can call it back for \d seconds?\.$/).waitFor();
    // With JavaScript the page tells by itself.
    const reload = async () => {
      if (!javaScript) await page.reload();
      return page.getByRole('heading', { level: 1 }).textContent();
    };
    await expect.poll(reload, { timeout: 30_000, interval: 1000 }).toBe('beta has your letter');
    expect(await undo().count()).toBe(0);
    expect((await stations())[1]).toMatch(/^Delivered to beta/);
  });

  test('says what is wrong with its day, and keeps it', async () => {
    const { page } = alpha;
    await write('Someday', 'On a date…');
    await alpha.press('Seal and send');
    await page.getByText('Choose the day your letter should arrive.').first().waitFor();
    await page.getByLabel('Day', { exact: true }).fill('2020-02-02');
    await alpha.press('Seal and send');
    await page.getByText('That morning has passed.').first().waitFor();
    expect(await page.getByLabel('Day', { exact: true }).inputValue()).toBe('2020-02-02');
    await alpha.press('Save as draft');
    await page.waitForURL(/\/write\?draft=/);
    await page.reload();
    await expect.poll(() => page.getByLabel('Day', { exact: true }).inputValue()).toBe('2020-02-02');
  });
});
