import { beforeAll, describe, expect, test } from 'vitest';
import { limits } from '#core/schemas/limits.ts';
import type { TestBrowser } from '#tests/support/browser.ts';
import { type GoldenLetter, unpackGoldenInstallation } from '#tests/support/golden-installation.ts';
import type { ServedInstallation } from '#tests/support/installation-http.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { jpeg, type Person, personAt, photographs, readSentCopy, seenText } from '#tests/support/people.ts';
import { servedSurroundings } from '#tests/support/served-surroundings.ts';

/*
 * Two people, each logged in twice at once: where JavaScript is on their browser opens letters, where it is off the server
 * does. Their installation is the golden one: letters of 2026, sealed in both ways.
 */
const golden = await unpackGoldenInstallation();
const modes = ['sealed', 'assisted'] as const;
type Mode = (typeof modes)[number];

const around = servedSurroundings({ dataDir: golden.dataDir, env: golden.env });
let world: ServedInstallation;
let browser: TestBrowser;
const people = new Map<string, Person>();
const personIn = (username: string, mode: Mode): Person => {
  const person = people.get(`${username} ${mode}`);
  if (!person) throw new Error(`${username} has not logged in ${mode}`);
  return person;
};

beforeAll(async () => {
  ({ world, browser } = around);
  for (const { username, password } of golden.people)
    for (const mode of modes) {
      const page = await browser.visit(world.url, { javaScript: mode === 'sealed' });
      const person = personAt(page, username, password);
      await person.logIn();
      people.set(`${username} ${mode}`, person);
    }
});

const photos = async (seed: number) => [
  jpeg('one.jpg', await makePhoto(seed, { width: 640, height: 480 })),
  jpeg('two.jpg', await makePhoto(seed + 1, { width: 480, height: 640 })),
];

/** The letter as this person sees it, once its photos are there. */
async function readLetter({ page, see }: Person, path: string, title: string) {
  await page.goto(path);
  await see(title);
  const widths: number[] = [];
  for (const picture of await photographs(page).all()) {
    // A sealed one becomes a picture once it is opened.
    const image = picture.locator('img');
    widths.push(
      await image.evaluate(async (element) => {
        if (!(element instanceof HTMLImageElement)) throw new Error('no picture');
        await element.decode();
        return element.naturalWidth;
      }),
    );
  }
  return { text: await seenText(page), widths, painted: await page.locator('article svg image').count() };
}

async function save(person: Person): Promise<void> {
  await person.press('Save as draft');
  await person.page.getByText('Draft saved.').waitFor();
}

async function send(person: Person): Promise<string> {
  await person.press('Seal and send');
  await readSentCopy(person.page, 60_000);
  await world.settle();
  return new URL(person.page.url()).pathname;
}

describe.each(modes)('opened %s', (mode) => {
  const shown = ({ body, photos, stamp }: GoldenLetter) => ({
    text: body,
    widths: photos.map(() => 480),
    painted: stamp ? 1 : 0,
  });

  test.each(golden.letters)('the letter $title, which the $by sealed, is what it was', async (letter) => {
    for (const username of [letter.author, letter.receiver]) {
      const person = personIn(username, mode);
      expect(await readLetter(person, `/letters/${letter.id}`, letter.title)).toEqual(shown(letter));
      const captions = letter.photos.map(({ caption }) => caption);
      expect(await person.page.getByRole('figure').allTextContents()).toEqual(captions);
    }
  });

  test.each(golden.drafts)('the draft $title, which the $by sealed, is what it was', async (draft) => {
    const { page, see } = personIn(draft.author, mode);
    await page.goto(`/write?draft=${draft.id}`);
    await see('Edit draft');
    expect(await page.getByLabel('Title').inputValue()).toBe(draft.title);
    expect(await page.getByRole('textbox', { name: 'Letter', exact: true }).inputValue()).toBe(draft.body);
    for (const [n, { caption }] of draft.photos.entries())
      expect(await page.getByLabel(`Caption for photo ${n + 1}`).inputValue()).toBe(caption);
  });
});

describe.each([
  { writes: 'assisted', reads: 'sealed' },
  { writes: 'sealed', reads: 'assisted' },
] as const)('written $writes, read $reads', ({ writes, reads }) => {
  test('a letter arrives with its photos, and is answered the other way', async () => {
    const [alpha, beta] = [personIn('alpha', writes), personIn('beta', reads)];
    const body = `  Written ${writes},\n\n   read ${reads}.`;
    await alpha.startLetterTo('beta');
    await alpha.fillLetter({ title: `By ${writes} hand`, body, files: await photos(11) });
    const path = await send(alpha);
    const expected = { text: body, widths: [480, 360], painted: 0 };
    expect(await readLetter(beta, path, `By ${writes} hand`)).toEqual(expected);
    await beta.page.getByRole('link', { name: 'Reply to alpha' }).click();
    await beta.see('New letter');
    await beta.fillLetter({ title: `Back, ${reads}`, body: 'So it is.' });
    const answer = await send(beta);
    expect((await readLetter(alpha, answer, `Back, ${reads}`)).text).toBe('So it is.');

    // On the other device of each, at the same time.
    expect(await readLetter(personIn('alpha', reads), path, `By ${writes} hand`)).toEqual(expected);
    expect(await readLetter(personIn('beta', writes), path, `By ${writes} hand`)).toEqual(expected);
    await personIn('beta', writes).page.goto('/inbox');
    await personIn('beta', writes)
      .page.getByRole('link', { name: `By ${writes} hand` })
      .waitFor();
  });

  test('a draft begun on one device is finished on the other, and sent from the first', async () => {
    const [one, other] = [personIn('alpha', writes), personIn('alpha', reads)];
    const title = `Begun ${writes}`;
    await one.startLetterTo('beta');
    await one.fillLetter({ title, body: 'Half', files: await photos(21) });
    await save(one);
    await one.page.getByLabel('Caption for photo 1').fill('A line');
    await save(one);

    await other.page.goto('/drafts');
    await other.page.getByRole('link', { name: title }).click();
    await other.see('Edit draft');
    expect(await other.page.getByLabel('Caption for photo 1').inputValue()).toBe('A line');
    await other.fillLetter({ body: 'Half, and the rest.' });
    await other.page.getByLabel('Remove', { exact: true }).last().check();
    await save(other);

    await one.page.goto('/drafts');
    await one.page.getByRole('link', { name: title }).click();
    await one.see('Edit draft');
    const path = await send(one);
    const expected = { text: 'Half, and the rest.', widths: [480], painted: 0 };
    for (const person of [other, personIn('beta', writes), personIn('beta', reads)])
      expect(await readLetter(person, path, title)).toEqual(expected);
  });
});

describe('a session that the server opens, in a browser with JavaScript on', () => {
  test('has a letter saved as it is written, however long it is', async () => {
    const page = await browser.visit(world.url);
    const { page: elsewhere } = personIn('alpha', 'assisted');
    await page.context().addCookies(await elsewhere.context().cookies());
    const alpha = personAt(page, 'alpha');
    await alpha.startLetterTo('beta');
    await page.waitForLoadState('networkidle');
    for (const length of [10, limits.bodyMax]) {
      const answered = page.waitForResponse((response) => response.url().endsWith('/write/autosave'));
      await alpha.fillLetter({ title: 'Long and kept', body: 'x'.repeat(length) });
      expect(await (await answered).json(), `${length}`).toMatchObject({ problem: null });
    }
    await elsewhere.goto('/drafts');
    await elsewhere.getByRole('link', { name: 'Long and kept' }).click();
    const kept = await elsewhere.getByRole('textbox', { name: 'Letter', exact: true }).inputValue();
    expect(kept).toHaveLength(limits.bodyMax);
  });
});
