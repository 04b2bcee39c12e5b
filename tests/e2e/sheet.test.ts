import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { phone } from '#tests/support/browser.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { type Person, personAt, readSentCopy } from '#tests/support/people.ts';
import { useApp } from '#tests/support/use-app.ts';

const longLetter = Array.from({ length: 60 }, (_, n) => `Line ${n} of a long letter.`).join('\n\n');

const body = (page: Page) => page.getByRole('textbox', { name: 'Letter', exact: true });
const isInSight = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).evaluate((button) => {
    const { top, bottom, left } = button.getBoundingClientRect();
    return (
      top >= 0 &&
      bottom <= window.innerHeight &&
      button.contains(document.elementFromPoint(left + 4, top + 4))
    );
  });

describe.each([true, false])('the sheet, with JavaScript: %s', (javaScript) => {
  const around = useApp({ demo: true, serviceWorker: false });
  let alpha: Person;

  beforeAll(async () => {
    const page = await around.browser.visit(around.app.url, { javaScript, viewport: phone });
    alpha = personAt(page, 'alpha', 'test1234');
    await alpha.logIn();
  });

  test('has nothing but the way back around it, and the only friend is chosen', async () => {
    const { page } = alpha;
    await page.goto('/write');
    await alpha.see('New letter');
    expect(await page.getByRole('navigation').count()).toBe(0);
    expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe('beta');
    await page.getByRole('link', { name: 'Drafts' }).click();
    await alpha.see('Drafts');
  });

  test('grows with its text, and saving and sending stay in reach', async () => {
    const { page } = alpha;
    await page.goto('/write');
    await body(page).fill(longLetter);
    // No line of it is scrolled away inside the field.
    expect(await body(page).evaluate((area) => area.scrollHeight - area.clientHeight)).toBeLessThan(2);
    for (const place of [0, 2_000, 100_000]) {
      await page.evaluate((top) => window.scrollTo(0, top), place);
      for (const name of ['Save as draft', 'Seal and send'])
        expect.soft(await isInSight(page, name), `${name} at ${place}`).toBe(true);
    }
  });

  test('is sent without a title', async () => {
    const { page } = alpha;
    await page.goto('/write');
    await body(page).fill('Just this.');
    await alpha.press('Seal and send');
    await readSentCopy(page);
    await alpha.see('A letter from alpha');
  });

  test('is written and read on the paper, in the ink and in the hand that were chosen', async () => {
    const { page } = alpha;
    const paper = (selector: string) =>
      page.locator(selector).evaluate((sheet) => getComputedStyle(sheet).backgroundColor);
    const hand = (selector: string) =>
      page.locator(selector).evaluate((words) => {
        const { color, fontFamily } = getComputedStyle(words);
        return { color, fontFamily };
      });
    await page.goto('/write');
    await body(page).fill('On brown paper.');
    const white = await paper('.writing-sheet');
    await page.getByText('Paper and ink').click();
    for (const name of ['Rose', 'Kraft', 'Sepia', 'Round'])
      await page.getByLabel(name, { exact: true }).check();
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(3);
    const kraft = await paper('.writing-sheet');
    expect(kraft).not.toBe(white);
    const written = await hand('.on-paper-area');
    expect(written.fontFamily).toMatch(/Kalam/);

    // Back at it later.
    await alpha.press('Save as draft');
    await alpha.told('Draft saved.');
    expect(await page.getByRole('radio', { name: 'Kraft', includeHidden: true }).isChecked()).toBe(true);
    expect(await paper('.writing-sheet')).toBe(kraft);

    await alpha.press('Seal and send');
    await readSentCopy(page);
    expect(await paper('article')).toBe(kraft);
    expect(await hand('.letter-text > p')).toEqual(written);
    await page.getByLabel('Read in plain type').check();
    expect((await hand('.letter-text > p')).fontFamily).not.toMatch(/Kalam/);
  });

  test('can be thrown away, and taken out of the basket again', async () => {
    const { page } = alpha;
    const draft = page.getByRole('link', { name: 'Crumpled' });
    await page.goto('/write');
    await page.getByLabel('Title').fill('Crumpled');
    await alpha.press('Save as draft');
    await alpha.told('Draft saved.');
    await page.goto('/drafts');
    await alpha.press('Delete: Crumpled');
    await alpha.told('Draft deleted.');
    expect(await draft.count()).toBe(0);
    await alpha.press('Undo');
    await alpha.told('Draft restored.');
    await draft.waitFor();

    await alpha.press('Delete: Crumpled');
    await alpha.told('Draft deleted.');
    await page.getByRole('link', { name: 'Deleted drafts' }).click();
    await alpha.see('Deleted drafts');
    await draft.waitFor();
    await alpha.press('Delete for good: Crumpled');
    await alpha.told('Draft deleted for good.');
    await page.getByText('No deleted drafts').waitFor();
  });

  test('shows the letter that is being answered, also when its draft is opened again', async () => {
    const { page } = alpha;
    await alpha.openLetterFrom('beta');
    const title = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
    await page.getByRole('link', { name: 'Reply to beta' }).click();
    await alpha.see('New letter');
    const answered = page.getByRole('complementary', { name: 'The letter you’re answering' });
    await answered.getByText(/^beta’s letter of/).click();
    await answered.getByText(title, { exact: true }).waitFor();
    await body(page).fill('You asked me something.');
    await alpha.press('Save as draft');
    await alpha.told('Draft saved.');
    await answered.getByText(/^beta’s letter of/).click();
    await answered.getByText(title, { exact: true }).waitFor();
    // Without it, writing goes on. (A browser would also note in its console that it is missing.)
    if (javaScript) return;
    await page.goto(`/write?to=beta&re=${'0'.repeat(24)}`);
    await alpha.see('New letter');
    expect(await answered.count()).toBe(0);
  });

  test('says what is wrong', async () => {
    const { page } = alpha;
    await page.goto('/write');
    await alpha.press('Seal and send');
    expect(await alpha.complaint()).toContain('Your letter is still empty.');
  });
});

describe('the sheet, with JavaScript', () => {
  const around = useApp({ demo: true, serviceWorker: false });
  let alpha: Person;

  beforeAll(async () => {
    alpha = personAt(await around.browser.visit(around.app.url), 'alpha', 'test1234');
    await alpha.logIn();
  });

  test('forgets an error as soon as it is mended', async () => {
    const { page } = alpha;
    await page.goto('/write');
    await page.getByLabel('Title').fill('x'.repeat(81));
    await alpha.press('Seal and send');
    const tooLong = page.getByText('Titles can have at most 80 characters.');
    const empty = page.getByText('Your letter is still empty.');
    // Beside the field alone.
    await expect.poll(() => tooLong.count()).toBe(1);
    await expect.poll(() => empty.count()).toBe(1);
    await body(page).pressSequentially('D');
    await expect.poll(() => empty.count()).toBe(0);
    expect(await body(page).evaluate((area) => area === document.activeElement)).toBe(true);
    expect(await tooLong.count()).toBe(1);
    await page.getByLabel('Title').fill('Short');
    await expect.poll(() => page.getByRole('alert').filter({ hasText: /./ }).count()).toBe(0);
  });

  test('counts the words', async () => {
    const { page } = alpha;
    await page.goto('/write');
    await body(page).fill('Dear');
    await page.getByText('1 word', { exact: true }).waitFor();
    await body(page).fill('Dear beta, it’s raining.');
    await page.getByText('4 words', { exact: true }).waitFor();
  });

  test('is sent by Ctrl+Enter, once', async () => {
    const { page } = alpha;
    await page.goto('/write');
    await page.getByRole('button', { name: 'Seal and send', disabled: false }).waitFor();
    await page.getByLabel('Title').fill('By key');
    await body(page).fill('Sent by key.');
    await body(page).press('Control+Enter');
    await readSentCopy(page);
    await page.goto('/sent');
    await expect.poll(() => page.getByRole('link', { name: /^By key/ }).count()).toBe(1);
  });

  test('takes photos that are dropped on it or pasted, and puts them in the order they are dragged to', async () => {
    const { page } = alpha;
    await page.goto('/write');
    await page.getByRole('button', { name: 'Seal and send', disabled: false }).waitFor();
    const photos = page.getByRole('group', { name: /^Photos/ });
    const widths = () =>
      photos
        .getByRole('img')
        .evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth));
    await bring(page, 'drop', [300, 200]);
    await expect.poll(widths).toEqual([300, 200]);
    await bring(page, 'paste', [100]);
    await expect.poll(widths).toEqual([300, 200, 100]);

    await photos.getByRole('img').nth(2).dragTo(photos.getByRole('img').first());
    await expect.poll(widths).toEqual([100, 300, 200]);
    // Dropping a picture of the page on its own page adds nothing.
    await photos.getByRole('img').nth(0).dragTo(body(page));
    await expect.poll(widths).toEqual([100, 300, 200]);

    await body(page).fill('Look.');
    await alpha.press('Seal and send');
    await readSentCopy(page);
    await expect.poll(() => page.getByRole('region', { name: 'Photos' }).getByRole('img').count()).toBe(3);
  });
});

/** Brings photos to the letter as a browser does that has them in hand or on its clipboard. */
async function bring(page: Page, how: 'drop' | 'paste', sizes: number[]): Promise<void> {
  const files = await Promise.all(
    sizes.map(async (width, n) => {
      const bytes = await makePhoto(n, { width, height: 80 });
      return { name: `${width}.jpg`, base64: Buffer.from(bytes).toString('base64') };
    }),
  );
  await body(page).evaluate(
    (area, [type, given]) => {
      const data = new DataTransfer();
      for (const { name, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: 'image/jpeg' }));
      }
      const more = { bubbles: true, cancelable: true };
      if (type === 'paste') area.dispatchEvent(new ClipboardEvent('paste', { ...more, clipboardData: data }));
      else
        for (const step of ['dragover', 'drop'])
          area.dispatchEvent(new DragEvent(step, { ...more, dataTransfer: data }));
    },
    [how, files] as const,
  );
}
