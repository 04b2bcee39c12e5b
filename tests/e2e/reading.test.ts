import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { desktop, phone, type VisitOptions } from '#tests/support/browser.ts';
import { type Person as Member, makeFriends, sendLetter } from '#tests/support/journey-people.ts';
import { longLetter } from '#tests/support/letter-texts.ts';
import { sitDownSealed } from '#tests/support/sealed-browser.ts';
import { servedSurroundings } from '#tests/support/served-surroundings.ts';

// How a letter is to read: how it opens, how wide its lines are, how its reader likes it, and where they left off.

const around = servedSurroundings({ serviceWorker: false });
let members: Record<'alpha' | 'beta', Member>;
const prose = 'It rained, and we read; then it stopped raining, and we went out to see. '.repeat(8);
const newLetter = (body = `${prose}\n\n${prose}`) =>
  sendLetter(around.world, members.alpha, members.beta, { title: 'To be read', body });

beforeAll(async () => {
  members = await makeFriends(around.world);
});

async function sealed(options: VisitOptions = {}): Promise<Page> {
  return (await sitDownSealed(around.world, around.browser, members.beta, options)).page;
}

async function assisted(options: VisitOptions = {}): Promise<Page> {
  const page = await around.browser.visit(around.world.url, options);
  await page.context().addCookies([{ name: 'bff', value: members.beta.token, url: around.world.url }]);
  return page;
}

const plain = (options: VisitOptions = {}) => assisted({ ...options, javaScript: false });

async function read(page: Page, id: string): Promise<void> {
  await page.goto(`/letters/${id}`);
  await page.getByRole('heading', { level: 1, name: 'To be read' }).waitFor();
}

const moving = { more: { reducedMotion: 'no-preference' as const } };
const envelope = (page: Page) => page.locator('.unsealing');

describe.each([
  ['whose keys are in the browser', sealed],
  ['whose keys the server opens', assisted],
])('in a session %s an envelope', (_, sit) => {
  test('opens once, over a page that can be used, and moves nothing', async () => {
    const page = await sit({ ...moving, viewport: phone });
    const id = await newLetter();
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          shifts.push((entry as PerformanceEntry & { value: number }).value);
      }).observe({ type: 'layout-shift' });
      addEventListener('animationstart', ({ target }) => {
        if ((target as Element).matches('.unsealing'))
          Object.assign(window, { longest: Math.max(...document.getAnimations().map(ending)) });
      });
      const ending = (animation: Animation) => Number(animation.effect?.getComputedTiming().endTime);
    });
    // Fonts and time zone are known from here on: only the envelope may move anything.
    await page.goto('/inbox');
    await page.waitForLoadState('networkidle');
    await read(page, id);
    await expect.poll(() => page.evaluate(() => 'longest' in window && window.longest)).toBe(1150);
    await envelope(page).waitFor({ state: 'detached' });
    const shifted = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
    expect(shifted.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.01);
    await expect.poll(() => firstReading(id)).toBe('read');
    await read(page, id);
    expect(await envelope(page).count()).toBe(0);
    await page.context().close();
  });

  test('is skipped by a key, and not shown to whoever prefers less motion', async () => {
    const page = await sit(moving);
    // Slow enough to be skipped.
    const speed = await page.context().newCDPSession(page);
    await speed.send('Animation.enable');
    await speed.send('Animation.setPlaybackRate', { playbackRate: 0.01 });
    await read(page, await newLetter());
    await envelope(page).waitFor();
    await expect
      .poll(async () => {
        await page.keyboard.press('Shift');
        return envelope(page).count();
      })
      .toBe(0);
    await page.context().close();

    const still = await sit();
    await read(still, await newLetter());
    expect(await envelope(still).isVisible()).toBe(false);
    await still.context().close();
  });
});

async function firstReading(id: string) {
  const { letters } = await (await around.world.as(members.beta)).inClear.inbox();
  return letters.find((letter) => letter.id === id)?.status;
}

test('without JavaScript an envelope opens by styles alone, and gives way', async () => {
  const page = await plain(moving);
  const id = await newLetter();
  await read(page, id);
  expect(await envelope(page).count()).toBe(1);
  await expect.poll(() => envelope(page).isVisible()).toBe(false);
  await read(page, id);
  expect(await envelope(page).count()).toBe(0);
  // Its author has no envelope to open.
  await page.context().addCookies([{ name: 'bff', value: members.alpha.token, url: around.world.url }]);
  await read(page, await newLetter());
  expect(await envelope(page).count()).toBe(0);
  await page.context().close();
});

describe('the lines of a letter', () => {
  test.each([
    [1920, 60, 70],
    [1280, 60, 70],
    [1024, 60, 70],
    [390, 38, 48],
    [320, 38, 44],
  ])('have in a window of %i px from %i to %i characters', async (width, least, most) => {
    const page = await plain({ viewport: { width, height: 800 } });
    await read(page, await newLetter());
    await page.evaluate(() => document.fonts.ready);
    expect(await page.evaluate(() => document.fonts.check('16px "Literata Variable"'))).toBe(true);
    const average = await page.evaluate(charactersInLine);
    expect(average).toBeGreaterThanOrEqual(least);
    expect(average).toBeLessThanOrEqual(most);
    await page.context().close();
  });
});

/** The characters that fit into a line, by the average width of those of the first paragraph. */
function charactersInLine(): number {
  const paragraph = document.querySelector('.letter-text > p') as HTMLElement;
  const probe = document.createElement('span');
  probe.textContent = paragraph.textContent;
  probe.style.whiteSpace = 'nowrap';
  paragraph.replaceChildren(probe);
  const width = probe.getBoundingClientRect().width / (probe.textContent?.length ?? 1);
  return paragraph.clientWidth / width;
}

describe('the look that its reader chooses', () => {
  test.each([
    ['as it is chosen, with JavaScript', sealed],
    ['by a button, without', plain],
  ])('applies at the letter, %s', async (_, sit) => {
    const page = await sit({ viewport: desktop });
    const id = await newLetter();
    await read(page, id);
    const before = await textStyle(page);
    await page.evaluate(() => Object.assign(document.querySelector('#letter') ?? {}, { same: true }));
    const choose = async (name: string, attribute: string) => {
      const choice = page.getByRole('radio', { name, exact: true }).last();
      if (!(await choice.count())) await page.getByRole('link', { name: 'Appearance' }).click();
      await choice.check();
      if (sit === plain) await page.getByRole('button', { name: 'Save' }).click();
      await page.locator(`html[${attribute}]`).waitFor();
      expect(new URL(page.url()).pathname).toBe(`/letters/${id}`);
    };
    await choose('Sepia', 'data-theme=sepia');
    await choose('Large', 'data-text=large');
    await choose('Wide', 'data-spacing=wide');
    await choose('Plain', 'data-face=plain');
    const after = await textStyle(page);
    expect(after.size).toBeGreaterThan(before.size);
    expect(after.line / after.size).toBeGreaterThan(before.line / before.size);
    expect(after.face).not.toBe(before.face);
    expect(after.paper).not.toBe(before.paper);
    // The letter was neither loaded nor opened again.
    if (sit !== plain)
      expect(await page.evaluate(() => 'same' in (document.querySelector('#letter') ?? {}))).toBe(true);

    await page.goto('/settings/appearance');
    for (const name of ['Sepia', 'Large', 'Wide', 'Plain'])
      expect(await page.getByRole('radio', { name, exact: true }).last().isChecked()).toBe(true);
    await page.context().close();
  });
});

function textStyle(page: Page) {
  return page.evaluate(() => {
    const { fontSize, lineHeight, fontFamily } = getComputedStyle(
      document.querySelector('.letter-text > p') as Element,
    );
    const { backgroundColor } = getComputedStyle(document.querySelector('#letter') as Element);
    return {
      size: Number.parseFloat(fontSize),
      line: Number.parseFloat(lineHeight),
      face: fontFamily,
      paper: backgroundColor,
    };
  });
}

test('a long letter says how long it takes, and where its reader left off, also without JavaScript', async () => {
  const id = await newLetter(longLetter(20_000));
  const page = await plain({ viewport: phone });
  await read(page, id);
  await page.getByText(/^1\d min read$/).waitFor();
  const link = page.getByRole('link', { name: 'Continue where you left off' });
  expect(await link.count()).toBe(0);
  await (await around.world.as(members.beta)).letters.savePlace({ id, position: 500 });
  await read(page, id);
  const href = (await link.getAttribute('href')) ?? '';
  expect(Number(href.slice('#at-'.length))).toBeLessThanOrEqual(500);
  await link.click();
  const marked = page.locator('.left-off');
  expect(`#${await marked.getAttribute('id')}`).toBe(href);
  const box = await marked.boundingBox();
  expect(box?.y).toBeGreaterThanOrEqual(0);
  expect(box?.y).toBeLessThan(phone.height / 2);

  await (await around.world.as(members.beta)).letters.savePlace({ id, position: 1000 });
  await read(page, id);
  expect(await link.count()).toBe(0);
  await page.context().close();
});

test('a date has no time as long as no time zone is known, and never says UTC', async () => {
  const page = await plain();
  await read(page, await newLetter());
  expect(await page.locator('.sheet-meta time').textContent()).toMatch(/^\w+day, \d+ \w+ \d{4}$/);
  for (const path of ['/inbox', '/settings/devices', '/settings/activity', '/drafts']) {
    await page.goto(path);
    expect(await page.locator('main').textContent()).not.toMatch(/UTC/);
  }
  await page.context().close();
});

test('on paper there is the letter and nothing of the screen', async () => {
  const page = await sealed({ viewport: desktop, colorScheme: 'dark' });
  await read(page, await newLetter());
  await page.emulateMedia({ media: 'print' });
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { display, visibility } = getComputedStyle(element);
        const isWord = [...element.childNodes].some(
          (node) => node.nodeType === 3 && node.textContent?.trim(),
        );
        return isWord && display !== 'none' && visibility !== 'hidden' && element.getClientRects().length > 0;
      })
      .filter((element) => !element.closest('#letter'))
      .map((element) => element.className || element.tagName),
  );
  expect(shown).toEqual([]);
  const { color, backgroundColor } = await page.locator('#letter').evaluate((letter) => {
    const { color, backgroundColor } = getComputedStyle(letter);
    return { color, backgroundColor };
  });
  expect([color, backgroundColor]).toEqual(['rgb(0, 0, 0)', 'rgba(0, 0, 0, 0)']);
  await page.context().close();
});
