import type { CDPSession, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#core/id.ts';
import { phone, type VisitOptions } from '#tests/support/browser.ts';
import { type Person as Member, makeFriends } from '#tests/support/journey-people.ts';
import { longLetter } from '#tests/support/letter-texts.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { photographs } from '#tests/support/people.ts';
import { sitDownSealed } from '#tests/support/sealed-browser.ts';
import { servedSurroundings } from '#tests/support/served-surroundings.ts';

// Photos of a letter: over it with JavaScript, on pages of their own without.

const around = servedSurroundings({ serviceWorker: false });
let members: Record<'alpha' | 'beta', Member>;
let path = '';
const captions = ['The door', '', 'The gulls, again'];

beforeAll(async () => {
  members = await makeFriends(around.world);
  const { inClear } = await around.world.as(members.alpha);
  const newPhotos = await Promise.all(
    [1, 2, 3].map((seed) => makePhoto(seed, { width: 2400, height: seed === 2 ? 3200 : 1600 })),
  );
  const letterId = newId();
  const sheet = { to: 'beta', title: 'With photos', body: longLetter(3_000) };
  const { photos } = await inClear.saveDraft({ draftId: letterId, version: 0, ...sheet, newPhotos });
  const byId = Object.fromEntries(photos.map(({ photoId }, n) => [photoId, captions[n] ?? '']));
  await inClear.sendLetter({ letterId, ...sheet, captions: byId });
  await around.world.settle();
  path = `/letters/${letterId}`;
});

async function readSealed(options: VisitOptions = {}): Promise<Page> {
  const { page } = await sitDownSealed(around.world, around.browser, members.beta, options);
  return read(page);
}

async function readAssisted(options: VisitOptions = {}): Promise<Page> {
  const page = await around.browser.visit(around.world.url, options);
  await page.context().addCookies([{ name: 'bff', value: members.beta.token, url: around.world.url }]);
  return read(page);
}

async function read(page: Page): Promise<Page> {
  await page.goto('/inbox');
  await page.goto(path);
  await page.getByRole('region', { name: 'Photos' }).locator('img').nth(2).waitFor();
  // The viewer comes after the page; without it the links lead to the photos' pages.
  await page.waitForLoadState('networkidle');
  return page;
}

const viewer = (page: Page) => page.getByRole('dialog', { name: 'Photos' });
const counter = (page: Page) => viewer(page).locator('.viewer-count');
const at = (page: Page) => new URL(page.url()).pathname;
const scrolled = (page: Page) => page.evaluate(() => scrollY);
const entries = (page: Page) => page.evaluate(() => history.length);

async function openPhoto(page: Page, n: number): Promise<void> {
  const link = photographs(page).nth(n);
  await link.scrollIntoViewIfNeeded();
  await link.click();
  await settled(page);
}

/** Waits until the photo stands still and is there. */
async function settled(page: Page): Promise<void> {
  await expect
    .poll(() =>
      viewer(page)
        .locator('.pswp__item[aria-hidden="false"] img.pswp__img:not(.pswp__img--placeholder)')
        .evaluate((image: HTMLImageElement) => Math.max(image.naturalWidth, image.naturalHeight))
        .catch(() => 0),
    )
    .toBe(2048);
  await page.waitForTimeout(400);
}

describe.each([
  ['whose keys are in the browser', readSealed],
  ['whose keys the server opens', readAssisted],
])('a photo of a letter in a session %s', (_, sit) => {
  test('opens over the letter, is moved by arrow keys, and closes at the same line', async () => {
    const page = await sit();
    await photographs(page).first().scrollIntoViewIfNeeded();
    const [line, before] = [await scrolled(page), await entries(page)];
    expect(line).toBeGreaterThan(200);
    await openPhoto(page, 0);
    expect(at(page)).toBe(`${path}/photos/0/view`);
    expect(await counter(page).textContent()).toBe('Photo 1 of 3: The door');
    expect(await viewer(page).locator('.viewer-caption').textContent()).toBe('The door');

    await page.keyboard.press('ArrowRight');
    await settled(page);
    expect(await counter(page).textContent()).toBe('Photo 2 of 3');
    await page.keyboard.press('ArrowRight');
    await settled(page);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    expect(await counter(page).textContent()).toBe('Photo 3 of 3: The gulls, again');
    expect(at(page)).toBe(`${path}/photos/2/view`);
    await viewer(page).getByRole('button', { name: 'Previous photo' }).click();
    await settled(page);
    expect(at(page)).toBe(`${path}/photos/1/view`);
    expect(await entries(page)).toBe(before + 1);

    await page.keyboard.press('Escape');
    await viewer(page).waitFor({ state: 'detached' });
    expect([at(page), await scrolled(page)]).toEqual([path, line]);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('href')))
      .toBe(`${path}/photos/0/view`);
    await page.context().close();
  });

  test('is closed by Back, opened again by Forward, and has a page when the window is loaded anew', async () => {
    const page = await sit({ viewport: phone });
    await photographs(page).nth(1).scrollIntoViewIfNeeded();
    await openPhoto(page, 1);
    const line = await scrolled(page);
    await page.goBack();
    await viewer(page).waitFor({ state: 'detached' });
    expect([at(page), await scrolled(page)]).toEqual([path, line]);
    await page.goForward();
    await settled(page);
    expect(await counter(page).textContent()).toBe('Photo 2 of 3');

    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Photo 2 of 3' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'With photos' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    await page.context().close();
  });

  test('can be saved as a file', async () => {
    const page = await sit();
    await openPhoto(page, 0);
    const saved = page.waitForEvent('download');
    await viewer(page).getByRole('link', { name: 'Download' }).click();
    expect((await saved).suggestedFilename()).toMatch(/^photo-1\.(jpe?g|webp)$/);
    await page.context().close();
  });
});

describe('with fingers', () => {
  const touch = { viewport: phone, more: { hasTouch: true, isMobile: true } };

  test('a photo is swiped, enlarged by a double tap and by two fingers, and dragged away', async () => {
    const page = await readSealed(touch);
    const fingers = await page.context().newCDPSession(page);
    await openPhoto(page, 0);
    await drag(fingers, [330, 400], [40, 400]);
    await expect.poll(() => counter(page).textContent()).toBe('Photo 2 of 3');
    await settled(page);

    const width = () =>
      viewer(page)
        .locator('.pswp__item[aria-hidden="false"] img.pswp__img:not(.pswp__img--placeholder)')
        .evaluate((image) => image.getBoundingClientRect().width);
    const fit = await width();
    for (const _ of [1, 2]) await page.touchscreen.tap(195, 400);
    await expect.poll(width).toBeGreaterThan(fit * 1.5);
    for (const _ of [1, 2]) await page.touchscreen.tap(195, 400);
    await expect.poll(async () => Math.round(await width())).toBe(Math.round(fit));
    await pinch(fingers);
    await expect.poll(width).toBeGreaterThan(fit * 1.3);
    for (const _ of [1, 2]) await page.touchscreen.tap(195, 400);
    await expect.poll(async () => Math.round(await width())).toBe(Math.round(fit));

    await drag(fingers, [195, 350], [195, 750]);
    await viewer(page).waitFor({ state: 'detached' });
    expect(at(page)).toBe(path);
    await page.context().close();
  });
});

describe('in the letter', () => {
  test.each([
    ['whose keys are in the browser', readSealed],
    ['whose keys the server opens', readAssisted],
  ])('each photo has a pixel for each of a sharp screen: %s', async (_, sit) => {
    const page = await sit({ viewport: phone, more: { deviceScaleFactor: 2 } });
    for (const link of await photographs(page).all()) {
      await link.scrollIntoViewIfNeeded();
      await expect.poll(() => link.locator('img').evaluate(pixelsPerPoint)).toBeGreaterThanOrEqual(2);
    }
    await page.context().close();
  });

  test('a preview is enough where it has the pixels', async () => {
    const page = await readSealed({ viewport: phone });
    for (const link of await photographs(page).all()) {
      await link.scrollIntoViewIfNeeded();
      expect(await link.locator('img').getAttribute('srcset')).toBeNull();
      expect(await link.locator('img').evaluate(pixelsPerPoint)).toBeGreaterThanOrEqual(1);
    }
    await page.context().close();
  });

  test('a preview is enough without JavaScript, too', async () => {
    const page = await readAssisted({ javaScript: false, viewport: phone });
    for (const link of await photographs(page).all()) {
      await link.scrollIntoViewIfNeeded();
      const picture = await link
        .locator('img')
        .evaluate((image: HTMLImageElement) => [image.currentSrc, image.srcset, devicePixelRatio].join(' '));
      expect(picture).toMatch(/^\S+\?size=preview /);
    }
    await page.context().close();
  });
});

test('without JavaScript a photo is a page with the ways to the others, and back to itself in the letter', async () => {
  const page = await readAssisted({ javaScript: false, viewport: phone });
  await photographs(page).nth(1).click();
  await page.getByRole('heading', { level: 1, name: 'Photo 2 of 3' }).waitFor();
  await page.getByRole('link', { name: 'Next photo' }).click();
  await page.getByRole('heading', { level: 1, name: 'Photo 3 of 3' }).waitFor();
  expect(await page.getByRole('link', { name: 'Download' }).getAttribute('href')).toBe(`${path}/photos/2`);
  await page.getByRole('link', { name: 'Back to letter' }).click();
  expect(new URL(page.url()).hash).toBe('#photo-3');
  const box = await photographs(page).nth(2).boundingBox();
  expect(box?.y).toBeGreaterThanOrEqual(0);
  expect(box?.y).toBeLessThan(phone.height);
  await page.context().close();
});

/** Pixels of the file that is shown for each CSS pixel of its width. */
async function pixelsPerPoint(image: Element): Promise<number> {
  const { currentSrc, clientWidth } = image as HTMLImageElement;
  const file = new Image();
  file.src = currentSrc;
  await file.decode();
  return file.naturalWidth / clientWidth;
}

type Point = [x: number, y: number];

async function touchTo(fingers: CDPSession, type: 'touchStart' | 'touchMove' | 'touchEnd', points: Point[]) {
  await fingers.send('Input.dispatchTouchEvent', {
    type,
    touchPoints: points.map(([x, y], id) => ({ x, y, id })),
  });
}

async function drag(fingers: CDPSession, from: Point, to: Point): Promise<void> {
  await touchTo(fingers, 'touchStart', [from]);
  for (let step = 1; step <= 8; step++) {
    const between = (n: 0 | 1) => from[n] + ((to[n] - from[n]) * step) / 8;
    await touchTo(fingers, 'touchMove', [[between(0), between(1)]]);
    await new Promise((resolve) => setTimeout(resolve, 16));
  }
  await touchTo(fingers, 'touchEnd', []);
}

async function pinch(fingers: CDPSession): Promise<void> {
  const apart = (by: number): Point[] => [
    [195 - by, 400],
    [195 + by, 400],
  ];
  await touchTo(fingers, 'touchStart', apart(30));
  for (let by = 40; by <= 120; by += 10) {
    await touchTo(fingers, 'touchMove', apart(by));
    await new Promise((resolve) => setTimeout(resolve, 16));
  }
  await touchTo(fingers, 'touchEnd', []);
}
