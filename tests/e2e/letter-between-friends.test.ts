import type { APIResponse, Page } from 'playwright-core';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { desktop, phone } from '#tests/support/browser.ts';
import { longLetter } from '#tests/support/letter-texts.ts';
import { cameraMarks, makePhotos } from '#tests/support/make-photos.ts';
import {
  befriend,
  jpeg,
  type Person,
  personAt,
  photographs,
  readSentCopy,
  seenText,
} from '#tests/support/people.ts';
import { useApp } from '#tests/support/use-app.ts';

/** What the sweeper takes for "most likely on its way through the queue", ms. */
const grace = 10_000;

const title = 'Four days by the lake';
const text = longLetter(20_000);
const captions = ['The lake at six', 'Our tower, upright', 'Öre, the cat', 'Upside down no more'];

describe.each([
  { how: 'with JavaScript off', javaScript: false },
  { how: 'in sealed sessions', javaScript: true },
])('two friends $how', ({ javaScript }) => {
  const around = useApp();
  let anselm: Person;
  let bertha: Person;
  let caspar: Person;
  let nobody: Page;
  /** Where the letter is: `/letters/ID`. */
  let letterPath = '';
  /** Of another draft of the author's, with a photo. */
  let draftId = '';
  let sentAt = 0;

  beforeAll(async () => {
    const visit = (viewport = desktop) => around.browser.visit(around.app.url, { javaScript, viewport });
    anselm = personAt(await visit(), 'anselm');
    bertha = personAt(await visit(phone), 'bertha');
    caspar = personAt(await visit(phone), 'caspar');
    nobody = await visit(phone);
  });

  const restart = async (worker: 'in-process' | 'none') => {
    await around.app.stop();
    await around.app.restart({ env: { WORKER: worker } });
    around.expectOnlyConnectionProblems();
  };
  const answerTo = (page: Page, path: string) =>
    page.request.get(around.app.url + path, { maxRedirects: 0, failOnStatusCode: false });
  const letterMails = async () =>
    (await around.app.mails()).filter((mail) => mail.text.includes(`${around.app.url}${letterPath}`));

  test('join, keep their words, confirm their addresses by mail and log in', async () => {
    for (const person of [anselm, bertha, caspar]) await person.settleIn();
    await anselm.page.goto('/join');
    await anselm.see('Inbox');
  });

  test('become friends by the code of one and the consent of the other', async () => {
    await befriend(anselm, bertha);
    await anselm.page.goto('/friends');
    const row = anselm.page.getByRole('listitem').filter({ hasText: 'bertha' });
    await row.getByRole('link', { name: /^Write/ }).waitFor();
    await befriend(caspar, anselm);
  });

  test('a letter with four photos of twelve megapixels is kept as a draft and goes on word for word', async () => {
    const photos = await makePhotos(4);
    expect(Math.min(...photos.map((photo) => photo.length))).toBeGreaterThan(2_000_000);
    await anselm.startLetterTo('bertha');
    await anselm.fillLetter({
      title,
      body: text,
      files: photos.map((bytes, n) => jpeg(`IMG_${n}.jpg`, bytes)),
    });
    await anselm.press('Save as draft');
    await anselm.see('Edit draft');

    await anselm.page.goto('/drafts');
    await anselm.page.getByRole('link', { name: title }).click();
    await anselm.see('Edit draft');
    const { page } = anselm;
    expect(await page.getByRole('textbox', { name: 'Letter', exact: true }).inputValue()).toBe(text);
    expect(await page.getByLabel('Title').inputValue()).toBe(title);
    expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe('bertha');
    for (const [n, caption] of captions.entries())
      await page.getByLabel(`Caption for photo ${n + 1}`).fill(caption);
    const kept = page.getByRole('group', { name: /^Photos/ }).getByRole('img');
    await expect.poll(() => kept.count()).toBe(4);
    for (const picture of await kept.all()) expect(await naturalSize(picture)).toMatchObject({ longer: 480 });
    await anselm.press('Save as draft');
    await page.getByText('Draft saved.').waitFor();
    await expect.poll(() => page.getByLabel('Caption for photo 3').inputValue()).toBe(captions[2]);
  });

  test('another letter stays a draft that only its author opens', async () => {
    const path = new URL(anselm.page.url());
    await anselm.startLetterTo('bertha');
    const [photo] = await makePhotos(1);
    await anselm.fillLetter({
      title: 'Not yet',
      body: 'unfinished',
      files: [jpeg('later.jpg', photo as Uint8Array)],
    });
    await anselm.press('Save as draft');
    await anselm.see('Edit draft');
    draftId = new URL(anselm.page.url()).searchParams.get('draft') ?? '';
    expect(draftId).not.toBe(new URL(path).searchParams.get('draft'));
    expect(draftId).toMatch(/^[0-9a-f]{24}$/);
    expect((await answerTo(anselm.page, `/drafts/${draftId}/photos/0`)).status()).toBe(200);
    await anselm.page.goto(path.href);
  });

  test('it is sent while nothing delivers, and waits', async () => {
    await anselm.page.waitForLoadState('networkidle');
    await restart('none');
    await anselm.press('Seal and send');
    await readSentCopy(anselm.page);
    sentAt = Date.now();
    letterPath = new URL(anselm.page.url()).pathname;
    expect(letterPath).toMatch(/^\/letters\/[0-9a-f]{24}$/);
    await anselm.see(title);
    expect(await seenText(anselm.page)).toBe(text);

    await anselm.page.goto('/sent');
    expect(await anselm.page.getByRole('article').first().textContent()).toContain('On its way');
    await anselm.page.goto('/drafts');
    await anselm.page.getByRole('link', { name: 'Not yet' }).waitFor();
    expect(await anselm.page.getByRole('link', { name: title }).count()).toBe(0);
    await bertha.page.goto('/inbox');
    await bertha.page.getByText('No letters yet').waitFor();
    expect((await answerTo(bertha.page, letterPath)).status()).toBe(404);
  });

  test('the server dies before it is delivered; after a restart it has arrived, once', async () => {
    await around.app.kill('SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, sentAt + grace + 500 - Date.now())));
    await around.app.restart({ env: { WORKER: 'in-process' } });
    await expect.poll(letterMails).toHaveLength(1);

    await bertha.page.goto('/inbox');
    expect(await bertha.page.getByRole('link', { name: /from anselm$/ }).count()).toBe(1);
    const stamp = bertha.page.getByRole('img', { name: "Stamp on anselm's letter" });
    expect(await stamp.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    await around.app.kill('SIGKILL');
    await around.app.restart({ env: { WORKER: 'in-process' } });
    await bertha.page.reload();
    expect(await bertha.page.getByRole('link', { name: /from anselm$/ }).count()).toBe(1);
    const [mail, ...more] = await letterMails();
    expect(more).toEqual([]);
    expect(mail?.to).toBe(bertha.email);
    around.expectOnlyConnectionProblems();
    for (const secret of [title, 'Dear you', ...captions]) expect(JSON.stringify(mail)).not.toContain(secret);
  });

  test('its reader, by the link in the mail, sees every word, space and line break', async () => {
    const [mail] = await letterMails();
    const link = /http:\S+\/letters\/[0-9a-f]{24}/.exec(mail?.text ?? '')?.[0] ?? '';
    const response = await bertha.page.goto(link);
    expect(response?.headers()['cache-control']).toContain('no-store');
    await bertha.see(title);
    expect(await seenText(bertha.page)).toBe(text);
    const links = bertha.page.getByRole('article').getByRole('link', { name: /example\.(test|org)/ });
    expect(await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))).toEqual([
      'https://example.test/path?from=lake&to=mill#bend',
      'https://www.example.org/maps',
      'mailto:miller@example.test',
    ]);
    expect(await bertha.page.getByRole('img', { name: /^Stamp on anselm/ }).count()).toBe(1);
  });

  test('and the photos: upright, within 2048 px, without a trace of the camera or the place', async () => {
    const links = photographs(bertha.page);
    await expect.poll(() => links.count()).toBe(4);
    const upright = [true, false, true, true];
    for (const [n, landscape] of upright.entries()) {
      const link = links.nth(n);
      await link.scrollIntoViewIfNeeded();
      const picture = link.locator('img');
      expect(await naturalSize(picture)).toMatchObject({ longer: 480, landscape });
      expect(await picture.getAttribute('alt')).toBe(captions[n]);
    }
    // The viewer opens the neighbours of a photo too, and the letter may then show them in full.
    for (const [n, landscape] of upright.entries()) {
      const link = links.nth(n);
      await link.scrollIntoViewIfNeeded();
      for (const size of ['', '?size=preview']) {
        const answer = await answerTo(bertha.page, `${letterPath}/photos/${n}${size}`);
        await (javaScript ? expectSealedPhoto(answer) : expectCleanPhoto(answer));
      }
      await link.click();
      const shown = javaScript ? bertha.page.getByRole('dialog', { name: 'Photos' }) : bertha.page;
      const whole = shown.locator('img').and(shown.getByRole('img', { name: captions[n] }));
      if (javaScript) await shown.getByText(`${n + 1} of 4`).waitFor();
      else await bertha.see(`Photo ${n + 1} of 4`);
      expect(await naturalSize(whole)).toMatchObject({ longer: 2048, landscape });
      expect((await whole.boundingBox())?.width).toBeLessThanOrEqual(phone.width);
      if (javaScript) await bertha.press('Close');
      else await bertha.page.getByRole('link', { name: 'Back to letter' }).click();
      await bertha.see(title);
    }
    expect(await bertha.page.getByRole('figure').allInnerTexts()).toEqual(captions);
  });

  test('the author learns that it was opened', async () => {
    await anselm.page.goto(letterPath);
    await anselm.page.getByText('Delivered and opened.').waitFor();
    expect(await anselm.page.getByRole('link', { name: /^Reply/ }).count()).toBe(0);
  });

  test('the reply has its receiver chosen and arrives', async () => {
    await bertha.openLetterFrom('anselm');
    await bertha.page.getByRole('link', { name: 'Reply to anselm' }).click();
    await bertha.see('New letter');
    expect(await bertha.page.getByLabel('To', { exact: true }).inputValue()).toBe('anselm');
    await bertha.fillLetter({ title: 'Of course', body: 'When?\n\n  When, when, when?' });
    await bertha.press('Seal and send');
    await readSentCopy(bertha.page);
    const arrived = async () => {
      await anselm.page.goto('/inbox');
      return anselm.page.getByRole('link', { name: /from bertha$/ }).count();
    };
    await expect.poll(arrived).toBe(1);
    await anselm.openLetterFrom('bertha');
    expect(await seenText(anselm.page)).toBe('When?\n\n  When, when, when?');
  });

  test('a third friend finds nothing at any of its addresses, and a stranger only the log-in page', async () => {
    const paths = [
      letterPath,
      `${letterPath}/sent`,
      ...[0, 1, 2, 3].flatMap((n) =>
        ['', '/view', '?size=preview'].map((end) => `${letterPath}/photos/${n}${end}`),
      ),
      `/write?draft=${draftId}`,
      `/drafts/${draftId}/photos/0`,
      `/drafts/${draftId}/photos/0?size=preview`,
      // The draft that became the letter.
      `/write?draft=${letterPath.split('/')[2]}`,
      `/drafts/${letterPath.split('/')[2]}/photos/0`,
    ];
    for (const path of paths) {
      const third = await answerTo(caspar.page, path);
      expect([path, third.status()]).toEqual([path, 404]);
      expect(await third.text()).not.toMatch(/lake|unfinished|Not yet|Dear you/);
      const stranger = await answerTo(nobody, path);
      expect([path, stranger.status()]).toEqual([path, 302]);
      expect(stranger.headers().location).toBe(`/login?next=${encodeURIComponent(path)}`);
    }
    const place = (page: Page) =>
      page.request.post(`${around.app.url}${letterPath}/place`, {
        form: { position: '500' },
        headers: { origin: around.app.url },
        maxRedirects: 0,
      });
    expect((await place(caspar.page)).status()).toBe(404);
    expect((await place(nobody)).headers().location).toBe('/login');
    expect((await place(bertha.page)).status()).toBe(204);

    await caspar.page.goto('/inbox');
    await caspar.page.getByText('No letters yet').waitFor();
    await nobody.goto(letterPath);
    await nobody.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
  });

  test('somebody who logs in at a letter that is not theirs is told that nothing is there', async () => {
    const page = await around.browser.visit(around.app.url, { javaScript });
    await page.goto(letterPath);
    await page.getByLabel('Username').fill(caspar.username);
    await page.getByLabel('Password').fill(caspar.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('heading', { level: 1, name: 'We can’t find that page' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(letterPath);
  });
});

async function naturalSize(image: ReturnType<Page['locator']>) {
  const { width, height } = await image.evaluate(async (element) => {
    await (element as HTMLImageElement).decode();
    // The size of the file, not the one it is shown at.
    const picture = new Image();
    picture.src = (element as HTMLImageElement).currentSrc;
    await picture.decode();
    return { width: picture.naturalWidth, height: picture.naturalHeight };
  });
  return { longer: Math.max(width, height), landscape: width > height };
}

/** Of the bytes that a page opens by itself, nothing is to be seen. */
async function expectSealedPhoto(response: APIResponse): Promise<void> {
  expect(response.status()).toBe(200);
  expect(response.headers()['cache-control']).toContain('no-store');
  expect(response.headers()['content-type']).toBe('application/octet-stream');
  const bytes = await response.body();
  await expect(sharp(bytes).metadata()).rejects.toThrow();
}

async function expectCleanPhoto(response: APIResponse): Promise<void> {
  expect(response.status()).toBe(200);
  const headers = response.headers();
  expect(headers['cache-control']).toContain('no-store');
  expect(headers['content-type']).toMatch(/^image\/(jpeg|webp)$/);
  expect(headers['x-content-type-options']).toBe('nosniff');
  const bytes = await response.body();
  const { exif, xmp, iptc, orientation, width, height } = await sharp(bytes).metadata();
  expect({ exif, xmp, iptc, orientation }).toEqual({});
  expect(Math.max(width, height)).toBeLessThanOrEqual(2048);
  const raw = bytes.toString('latin1');
  for (const mark of [
    'Exif\0',
    'GPS',
    'photoshop',
    ...Object.values(cameraMarks).filter((m) => typeof m === 'string'),
  ])
    expect(raw).not.toContain(mark);
}
