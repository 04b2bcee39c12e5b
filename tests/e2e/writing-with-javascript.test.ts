import type { Page, Route } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { desktop, phone } from '#tests/support/browser.ts';
import { longLetter } from '#tests/support/letter-texts.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import {
  jpeg,
  logOut,
  type Person,
  personAt,
  photoField,
  photographs,
  readSentCopy,
  seenText,
} from '#tests/support/people.ts';
import { useApp } from '#tests/support/use-app.ts';

const password = 'test1234';
describe('writing and reading with JavaScript on', () => {
  const around = useApp({ demo: true, serviceWorker: false });
  let alpha: Person;
  let beta: Person;

  beforeAll(async () => {
    alpha = personAt(await around.browser.visit(around.app.url), 'alpha', password);
    beta = personAt(await around.browser.visit(around.app.url, { viewport: phone }), 'beta', password);
    for (const person of [alpha, beta]) await person.logIn();
  });

  const smallPhotos = async (count: number) =>
    Promise.all(
      Array.from({ length: count }, async (_, n) =>
        jpeg(`photo-${n + 1}.jpg`, await makePhoto(20 + n, { width: 1200, height: 900 })),
      ),
    );
  const body = (page: Page) => page.getByRole('textbox', { name: 'Letter', exact: true });
  const status = (page: Page) => page.getByRole('status').last();
  /** Letters with this title among those sent. */
  const sentTimes = async (title: string) => {
    const page = await alpha.page.context().newPage();
    await page.goto('/sent');
    // Their titles are opened by the page.
    await page.locator('.envelope-opening').first().waitFor({ state: 'detached' });
    const count = await page.getByRole('link', { name: title }).count();
    await page.close();
    return count;
  };
  const send = async (person: Person) => {
    await person.press('Seal and send');
    await readSentCopy(person.page);
    return new URL(person.page.url()).pathname;
  };

  test('chosen photos are shown before anything is uploaded, each with a line of its own', async () => {
    const { page } = alpha;
    await alpha.startLetterTo('beta');
    await hydrated(page);
    const posts: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
    await photoField(page).setInputFiles(await smallPhotos(2));
    const previews = page.getByRole('group', { name: /^Photos/ }).getByRole('img');
    await expect.poll(() => previews.count()).toBe(2);
    for (const preview of await previews.all()) {
      expect(await preview.getAttribute('src')).toMatch(/^blob:/);
      expect(await naturalWidth(preview)).toBe(1200);
    }
    expect(posts).toEqual([]);
    await page.getByPlaceholder('Caption').nth(1).fill('the second');

    // More can be added, and one left out again.
    await photoField(page).setInputFiles([
      jpeg('another.jpg', await makePhoto(9, { width: 40, height: 30 })),
    ]);
    await expect.poll(() => previews.count()).toBe(3);
    await alpha.press('Remove: another.jpg');
    await expect.poll(() => previews.count()).toBe(2);
    expect(await page.getByPlaceholder('Caption').nth(1).inputValue()).toBe('the second');
    await alpha.fillLetter({ title: 'Seen before', body: 'look' });
    const path = await send(alpha);

    await beta.page.goto(path);
    await beta.see('Seen before');
    await expect.poll(() => photographs(beta.page).count()).toBe(2);
    expect(await beta.page.getByRole('figure').last().textContent()).toBe('the second');

    // Photos open over the letter; their own pages, where a shared link leads, know the same keys.
    const firstPhoto = await photographs(beta.page).first().getAttribute('href');
    await beta.page.goto(firstPhoto ?? '');
    for (const [key, heading] of [
      ['ArrowLeft', 'Photo 1 of 2'],
      ['ArrowRight', 'Photo 2 of 2'],
      ['ArrowRight', 'Photo 2 of 2'],
      ['ArrowLeft', 'Photo 1 of 2'],
      ['Escape', 'Seen before'],
    ] as const) {
      await hydrated(beta.page);
      await beta.page.keyboard.press(key);
      await beta.see(heading);
    }
  });

  test('photos are put into another order by the keyboard, before they are kept and after', async () => {
    const { page } = alpha;
    const photos = page.getByRole('group', { name: /^Photos/ });
    const move = async (button: string, told: string) => {
      await photos.getByRole('button', { name: button }).focus();
      await page.keyboard.press('Enter');
      await photos.getByRole('status').filter({ hasText: told }).waitFor();
    };
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    const lines = () =>
      photos
        .getByPlaceholder('Caption')
        .evaluateAll((all) => all.map((box) => (box as HTMLInputElement).value));
    const widths = () =>
      photos
        .getByRole('img')
        .evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth));

    await alpha.startLetterTo('beta');
    await hydrated(page);
    await alpha.fillLetter({ title: 'In a row', body: 'look' });
    const sizes = [300, 200, 100];
    await photoField(page).setInputFiles(
      await Promise.all(
        sizes.map(async (width, n) => jpeg(`${width}.jpg`, await makePhoto(n, { width, height: 80 }))),
      ),
    );
    for (const [n, width] of sizes.entries())
      await page.getByPlaceholder('Caption').nth(n).fill(String(width));
    await move('Move down: photo 1', 'Now photo 2 of 3.');
    expect(await focused()).toBe('Move down: photo 2');
    expect(await lines()).toEqual(['200', '300', '100']);

    await alpha.press('Save as draft');
    await alpha.told('Draft saved.');
    await expect.poll(widths).toEqual([200, 300, 100]);
    const saved = page.waitForResponse((response) => response.url().includes('drafts.save'));
    await move('Move up: photo 3', 'Now photo 2 of 3.');
    await move('Move up: photo 2', 'Now photo 1 of 3.');
    expect(await focused()).toBe('Move up: photo 1');
    // At the end the button stays where it is, and does nothing.
    await page.keyboard.press('Enter');
    expect((await saved).ok()).toBe(true);
    await page.reload();
    await expect.poll(widths).toEqual([100, 200, 300]);
    expect(await lines()).toEqual(['100', '200', '300']);

    // Sent at once, before it could save itself; refused first.
    await hydrated(page);
    await page.getByLabel('Title').fill('x'.repeat(81));
    await move('Move down: photo 1', 'Now photo 2 of 3.');
    await alpha.press('Seal and send');
    await alpha.complaint();
    expect(await lines()).toEqual(['200', '100', '300']);
    await expect.poll(widths).toEqual([200, 100, 300]);
    await page.getByLabel('Title').fill('In a row');
    const path = await send(alpha);
    await beta.page.goto(path);
    await beta.see('In a row');
    expect(await beta.page.getByRole('figure').allTextContents()).toEqual(['200', '100', '300']);
  });

  test('words save themselves a second after a pause, and are there when the page is loaded again', async () => {
    const { page } = alpha;
    await page.goto('/write?to=beta');
    await hydrated(page);
    const letter = '  Half a sentence,\n\n\nand then the door';
    const saved = page.waitForResponse((response) => response.url().includes('drafts.save'));
    await page.getByLabel('Title').pressSequentially('Unfinished');
    await body(page).pressSequentially(letter);
    const typed = Date.now();
    expect((await saved).ok()).toBe(true);
    const delay = Date.now() - typed;
    expect(delay).toBeGreaterThan(700);
    expect(delay).toBeLessThan(4_000);
    await expect.poll(() => status(page).textContent()).toMatch(/^Saved just now/);

    await page.reload();
    await alpha.see('Edit draft');
    expect(await body(page).inputValue()).toBe(letter);
    expect(await page.getByLabel('Title').inputValue()).toBe('Unfinished');
    expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe('beta');

    // Typed and left at once, without a pause.
    await hydrated(page);
    await body(page).press('Control+End');
    await page.keyboard.type(' opened');
    await page.getByRole('link', { name: 'Drafts' }).click();
    await alpha.see('Drafts');
    await vi.waitFor(async () => {
      await page.goto('/drafts');
      await page.getByRole('link', { name: 'Unfinished' }).click();
      await alpha.see('Edit draft');
      expect(await body(page).inputValue()).toBe(`${letter} opened`);
    }, 15_000);
    await send(alpha);
    await page.goto('/drafts');
    expect(await page.getByRole('link', { name: 'Unfinished' }).count()).toBe(0);
  });

  test('a refused letter keeps its words and its photos', async () => {
    const { page } = alpha;
    await page.goto('/write?to=beta');
    await hydrated(page);
    await alpha.fillLetter({
      title: 'x'.repeat(81),
      body: '   kept   as it is',
      files: await smallPhotos(2),
    });
    await alpha.press('Seal and send');
    expect(await alpha.complaint()).toContain('Titles can have at most 80 characters.');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert');
    expect(await page.getByLabel('Title').inputValue()).toBe('x'.repeat(81));
    expect(await page.getByLabel('Title').getAttribute('aria-invalid')).toBe('true');
    expect(await body(page).inputValue()).toBe('   kept   as it is');
    const kept = page.getByRole('group', { name: /^Photos/ }).getByRole('img');
    await expect.poll(() => kept.count()).toBe(2);
    await expect.poll(() => naturalWidth(kept.first())).toBe(480);

    await page.reload();
    await expect.poll(() => kept.count()).toBe(2);
    expect(await body(page).inputValue()).toBe('   kept   as it is');
    await page.getByLabel('Title').fill('abc');
    await hydrated(page);
    const path = await send(alpha);
    expect(await photographs(page).count()).toBe(2);
    expect(await seenText(page)).toBe('   kept   as it is');
    expect(path).toMatch(/^\/letters\//);
  });

  test('a letter is written and sent with the keyboard alone', async () => {
    const { page } = alpha;
    await page.goto('/inbox');
    await hydrated(page);
    await page.keyboard.press('Tab');
    expect(await focusedText(page)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Write a letter');
    const isSlow = async (route: Route) => {
      await new Promise((resolve) => setTimeout(resolve, 800));
      await route.continue();
    };
    await page.route('**/write.data*', isSlow, { times: 1 });
    await page.keyboard.press('Enter');
    await page.getByText('Loading…').waitFor();
    await alpha.see('New letter');
    await expect.poll(() => focusedText(page)).toBe('New letter');
    await tabTo(page, 'To');
    await page.keyboard.type('beta');
    await page.keyboard.press('Tab');
    await page.keyboard.type('By hand');
    // Enter sends no letter that is not finished.
    await page.keyboard.press('Enter');
    await alpha.see('Edit draft');
    await hydrated(page);
    await tabTo(page, 'Letter');
    await page.keyboard.type('No mouse was near.');
    await tabTo(page, 'Seal and send');
    await page.keyboard.press('Enter');
    await readSentCopy(page);
    await alpha.see('By hand');
  });

  test('pressing send twice sends one letter, and so does going back afterwards', async () => {
    const { page } = alpha;
    await page.goto('/write?to=beta');
    await hydrated(page);
    await alpha.fillLetter({ title: 'Only once', body: 'once' });
    await page.getByRole('button', { name: 'Seal and send' }).dblclick();
    await readSentCopy(page);
    await alpha.see('Only once');
    expect(await sentTimes('Only once')).toBe(1);

    // From the copy to the page of what was sent, and from there to the editor.
    await page.goBack();
    await page.waitForURL(/\/sent$/);
    await page.goBack();
    await alpha.see('New letter');
    expect(await body(page).inputValue()).toBe('');
    await page.goForward();
    await page.waitForURL(/\/sent$/);
    await page.goForward();
    await alpha.see('Only once');
    expect(await sentTimes('Only once')).toBe(1);
    const { pathname } = new URL(page.url());
    const mails = async () => (await around.app.mails()).filter((mail) => mail.text.includes(pathname));
    await expect.poll(async () => (await mails()).length).toBe(1);
  });

  test('pressing send twice with photos sends one letter and says so', async () => {
    for (const javaScript of [true, false]) {
      const page = javaScript ? alpha.page : await around.browser.visit(around.app.url, { javaScript });
      const person = personAt(page, 'alpha', password);
      if (!javaScript) await person.logIn();
      await person.startLetterTo('beta');
      const title = `Twice ${javaScript ? 'with' : 'without'} script`;
      await person.fillLetter({ title, body: 'once', files: await smallPhotos(3) });
      await page.getByRole('button', { name: 'Seal and send' }).dblclick();
      await readSentCopy(page);
      expect(await photographs(page).count()).toBe(3);
      expect(await sentTimes(title)).toBe(1);
    }
  });

  test('a letter is read on where it was left, on another device too', async () => {
    await alpha.page.goto('/write?to=beta');
    await alpha.fillLetter({ title: 'A long one', body: longLetter(20_000) });
    const path = await send(alpha);

    const { page } = beta;
    await page.goto(path);
    await beta.see('A long one');
    await hydrated(page);
    await page.getByRole('progressbar', { name: 'Read so far' }).waitFor();
    const noted = page.waitForResponse((response) => response.url().endsWith('/place'));
    await scrollTo(page, 0.5);
    expect((await noted).status()).toBe(204);
    const beingRead = await atReadingLine(page);

    const other = personAt(
      await around.browser.visit(around.app.url, { viewport: desktop }),
      'beta',
      password,
    );
    await other.logIn();
    await other.page.goto(path);
    await expect.poll(() => scrolled(other.page)).toBeGreaterThan(200);
    // The same paragraph, whatever the size of the window.
    expect(await atReadingLine(other.page)).toBe(beingRead);
    expect(await other.page.locator('.left-off').getAttribute('id')).toBe(beingRead);
    await other.page.context().close();

    // Its author starts at the beginning: only the reader's place is kept.
    await alpha.page.goto(path);
    await alpha.see('A long one');
    expect(await scrolled(alpha.page)).toBe(0);
  });

  test('dates and postmark are in the zone of the reader', async () => {
    // One of the two has another date than UTC at any hour.
    const timezoneId = new Date().getUTCHours() >= 11 ? 'Pacific/Kiritimati' : 'Pacific/Pago_Pago';
    const page = await around.browser.visit(around.app.url, { timezoneId });
    const traveller = personAt(page, 'beta', password);
    await traveller.logIn();
    await traveller.openLetterFrom('alpha');
    const time = page.locator('.sheet-meta time');
    const at = new Date((await time.getAttribute('datetime')) ?? '');
    const parts = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
    const there = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: timezoneId }).format(at);
    const utc = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' }).format(at);
    expect(there).not.toBe(utc);
    await expect
      .poll(async () => (await time.textContent())?.replaceAll(',', ''))
      .toContain(there.replace(',', ''));

    const day = (zone: string) =>
      new Intl.DateTimeFormat('en-GB', { day: 'numeric', timeZone: zone }).format(at);
    const postmark = page.getByRole('article').first().locator('header [aria-hidden=true] text');
    const written = (await postmark.allTextContents()).join(' ');
    // With the month behind it: a minute is a number like a day.
    const dayOf = (zone: string) => new RegExp(`\\b0?${day(zone)} [A-Z]{3}\\b`);
    expect(written).toMatch(dayOf(timezoneId));
    expect(written).not.toMatch(dayOf('UTC'));

    // From the second page on the server knows it, so that nothing jumps.
    const source = await (await page.request.get(page.url())).text();
    expect(source).toContain(timezoneId);
    await page.context().close();
  });

  test('somebody who is logged out while writing keeps every word and sends them after logging in', async () => {
    const { page } = alpha;
    await page.goto('/write?to=beta');
    await hydrated(page);
    await alpha.fillLetter({ title: 'Interrupted', body: '  Where was I?' });
    await expect.poll(() => status(page).textContent()).toMatch(/^Saved just now/);

    const second = await page.context().newPage();
    await second.goto('/inbox');
    await logOut(second);
    await second.getByRole('link', { name: 'Log in' }).first().waitFor();

    await body(page).press('Control+End');
    await page.keyboard.type('\nHere.');
    await expect.poll(() => status(page).textContent()).toMatch(/^You were logged out/);
    await alpha.press('Seal and send');
    await alpha.see('You were logged out');
    expect(await body(page).inputValue()).toBe('  Where was I?\nHere.');
    expect(await page.getByLabel('Title').inputValue()).toBe('Interrupted');

    await personAt(second, 'alpha', password).logIn();
    await alpha.press('Seal and send');
    await readSentCopy(page);
    expect(await seenText(page)).toBe('  Where was I?\nHere.');
    expect(await sentTimes('Interrupted')).toBe(1);
    await second.close();
  });

  test('a save whose answer is lost on the way is not taken for another window’s', async () => {
    const { page } = alpha;
    await page.goto('/write?to=beta');
    await hydrated(page);
    const loseAnswer = async (route: Route) => {
      await route.fetch();
      await route.abort('failed');
    };
    await page.route('**/drafts.save*', loseAnswer, { times: 1 });
    await alpha.fillLetter({ title: 'In a tunnel', body: 'Before' });
    await expect.poll(() => status(page).textContent()).toMatch(/^Not saved/);
    around.expectOnlyConnectionProblems();
    await alpha.fillLetter({ body: 'Before and after' });
    await expect.poll(() => status(page).textContent()).toMatch(/^Saved just now/);
    await send(alpha);
    expect(await seenText(page)).toBe('Before and after');
  });

  test('words typed while the server is away stay, are not left by mistake, and are saved when it is back', async () => {
    const { page } = alpha;
    const toDrafts = page.getByRole('link', { name: 'Drafts' });
    await page.goto('/write?to=beta');
    await hydrated(page);
    await page.waitForLoadState('networkidle');
    await around.app.kill();
    await alpha.fillLetter({ title: 'Storm', body: 'The line is dead.' });
    await expect.poll(() => status(page).textContent()).toMatch(/^Not saved/);

    await alpha.press('Seal and send');
    expect(await alpha.complaint()).toContain('Nothing was sent and nothing is lost');
    await expect.poll(() => focusedText(page)).toContain('Nothing was sent');
    await toDrafts.click();
    await expect.poll(() => focusedText(page)).toContain('You have unsaved changes');
    await alpha.press('Keep editing');
    await alpha.see('New letter');
    expect(await body(page).inputValue()).toBe('The line is dead.');

    await toDrafts.click();
    await alpha.page.getByRole('button', { name: 'Discard changes' }).waitFor();
    await around.app.restart();
    // Saved by itself meanwhile: there is nothing left to ask.
    await alpha.page.getByRole('button', { name: 'Discard changes' }).waitFor({ state: 'detached' });
    await alpha.fillLetter({ body: 'The line is alive.' });
    await toDrafts.click();
    await alpha.see('Drafts');
    await expect.poll(() => focusedText(page)).toBe('Drafts');
    around.expectOnlyConnectionProblems();
    await page.goto('/drafts');
    await page.getByRole('link', { name: 'Storm' }).click();
    await alpha.see('Edit draft');
    expect(await body(page).inputValue()).toBe('The line is alive.');
  });
});

/** Before React has taken over, a page is as it is without JavaScript. */
async function hydrated(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(() =>
        Object.keys(document.querySelector('main') ?? {}).some((key) => key.startsWith('__reactProps')),
      ),
    )
    .toBe(true);
}

function naturalWidth(image: ReturnType<Page['locator']>): Promise<number> {
  return image.evaluate(async (element) => {
    const picture = element as HTMLImageElement;
    await picture.decode();
    return picture.naturalWidth;
  });
}

function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null;
    return (element?.labels?.[0]?.textContent ?? element?.textContent ?? '').trim();
  });
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 30; presses++) {
    if ((await focusedText(page)) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${name} cannot be reached with the Tab key`);
}

/** Scrolls until this much of the letter has been read. Resolves to what the progress bar says, 0 to 1000. */
/** The anchor of the paragraph that is read now: a third below the top of the window. */
function atReadingLine(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const line = window.innerHeight * 0.35 + 2;
    const paragraphs = [...document.querySelectorAll('.letter-text > p')];
    return paragraphs.findLast((paragraph) => paragraph.getBoundingClientRect().top <= line)?.id;
  });
}

async function scrollTo(page: Page, share: number): Promise<number> {
  await page.evaluate((part) => {
    const box = document.querySelector('article')?.getBoundingClientRect();
    if (box) window.scrollTo(0, box.top + window.scrollY + box.height * part - window.innerHeight);
  }, share);
  await expect.poll(() => readSoFar(page)).toBeGreaterThan(share * 900);
  return readSoFar(page);
}

function readSoFar(page: Page): Promise<number> {
  const bar = page.getByRole('progressbar', { name: 'Read so far' });
  return bar.evaluate((element) => (element as HTMLProgressElement).value);
}

function scrolled(page: Page): Promise<number> {
  return page.evaluate(() => window.scrollY);
}
