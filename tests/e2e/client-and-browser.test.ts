import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildClient } from '#tests/support/build-client.ts';
import { openTerminal, type Terminal } from '#tests/support/command-line.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { jpeg, type Person, personAt, readSentCopy } from '#tests/support/people.ts';
import { useApp } from '#tests/support/use-app.ts';

const password = 'test1234';
const clientPage =
  '<!doctype html><script type="module">import * as client from "./browser.js"; Object.assign(globalThis, client)</script>';

/** alpha sits at a browser; beta is a terminal, and then a program of thirty lines. */
describe('letters between a browser, a terminal and a program', () => {
  const around = useApp({ demo: true, serviceWorker: false });
  let alpha: Person;
  let beta: Terminal;

  beforeAll(async () => {
    await buildClient();
    // The command as it is installed, not the sources.
    beta = await openTerminal(['dist/client/bff.js']);
    alpha = personAt(await around.browser.visit(around.app.url), 'alpha', password);
    await alpha.logIn();
    const ran = await beta.bff(['login', around.app.url, '--username', 'beta', '--password-stdin'], password);
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
    // The demo friends have letters that are still closed.
    for (let id = await newest(); id !== ''; id = await newest()) await beta.bff(['read', id]);
  }, 240_000);
  afterAll(() => beta?.close());

  const fromBrowser = async (title: string, colour: number) => {
    await alpha.page.goto('/write?to=beta');
    const files = [jpeg('lake.jpg', await makePhoto(colour, { width: 1200, height: 800 }))];
    await alpha.fillLetter({ title, body: 'Dear beta,\n\nthe lake is frozen.', files });
    await alpha.press('Seal and send');
    await readSentCopy(alpha.page);
  };

  const seenByBrowser = async (title: string, words: string) => {
    const letter = alpha.page.getByRole('link', { name: /from beta$/ }).first();
    await expect
      .poll(
        async () => {
          await alpha.page.goto('/inbox');
          return alpha.page.getByText('A letter for you').count();
        },
        { timeout: 20_000 },
      )
      .toBeGreaterThan(0);
    await letter.click();
    await alpha.see(title);
    await alpha.page.getByText(words).waitFor();
    const photo = alpha.page.getByRole('article').getByRole('img', { name: /beach/ });
    await expect
      .poll(() => photo.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth), {
        timeout: 20_000,
      })
      .toBeGreaterThan(300);
  };

  const newest = async () => {
    const { json } = await beta.bff(['inbox', '--json']);
    return (
      (json() as { id: string; status: string }[]).find(({ status }) => status === 'delivered')?.id ?? ''
    );
  };

  test('a letter with a photo goes from the terminal to the browser', async () => {
    const photo = join(beta.home, 'beach.jpg');
    await writeFile(photo, await makePhoto(3, { width: 900, height: 700 }));
    const words = [
      'write',
      '--to',
      'alpha',
      '--title',
      'Out of a terminal',
      '--photo',
      photo,
      '--caption',
      'the beach',
    ];
    const written = await beta.bff(words, 'Dear alpha,\n\nno window needed.\n');
    expect(written, written.stderr).toMatchObject({ code: 0 });
    await seenByBrowser('Out of a terminal', 'no window needed.');
  });

  test('and one from the browser to the terminal', async () => {
    await fromBrowser('Out of a browser', 1);
    await expect.poll(newest, { timeout: 20_000 }).not.toBe('');
    const folder = join(beta.home, 'photos');
    const read = await beta.bff(['read', await newest(), '--photos', folder, '--json']);
    const { content, files, seal } = read.json() as {
      content: { title: string; body: string };
      files: string[];
      seal: string;
    };
    expect({ seal, ...content }).toMatchObject({
      seal: 'opened',
      title: 'Out of a browser',
      body: 'Dear beta,\n\nthe lake is frozen.',
    });
    expect(await sharp(await readFile(files[0] ?? '')).metadata()).toMatchObject({
      width: 1200,
      height: 800,
    });
  });

  test('a page of somebody’s own with the client in it writes with a photo, and reads', async () => {
    const page = await around.browser.visit(around.app.url);
    await page.route('**/client/**', async (route) => {
      const name = new URL(route.request().url()).pathname.slice('/client/'.length);
      if (name === '') await route.fulfill({ contentType: 'text/html', body: clientPage });
      else await route.fulfill({ contentType: 'text/javascript', path: join('dist/client', name) });
    });
    await page.goto('/client/');
    await page.waitForFunction(() => 'createBffClient' in globalThis);
    const photo = Buffer.from(await makePhoto(3, { width: 900, height: 700 })).toString('base64');
    const said = await page.evaluate(
      async ({ photo, password }) => {
        const { createBffClient } = globalThis as unknown as typeof import('../../client/browser.ts');
        const client = createBffClient({ url: location.origin });
        const refused = await client
          .logIn({ username: 'beta', password: 'wrong' })
          .catch((error) => error.code);
        await client.logIn({ username: 'beta', password });
        const bytes = Uint8Array.from(atob(photo), (character) => character.charCodeAt(0));
        const stages: string[] = [];
        const { id } = await client.letters.send({
          to: 'alpha',
          title: 'Out of a page',
          body: 'No terminal needed.',
          photos: [{ photo: new Blob([bytes]), caption: 'the beach' }],
          onProgress: ({ stage }) => stages.push(stage),
        });
        const letter = await client.letters.open(id);
        const { bytes: sent, mediaType } = await letter.photo(0);
        const picture = await createImageBitmap(new Blob([sent], { type: mediaType }));
        const titles: (string | null)[] = [];
        for await (const { title } of client.letters.sent()) titles.push(title);
        await client.logOut();
        const { seal } = letter;
        return { refused, stages, seal, width: picture.width, first: titles[0], left: client.session };
      },
      { photo, password },
    );
    expect(said).toMatchObject({
      ...{ refused: 'unauthenticated', seal: 'opened', width: 900, first: 'Out of a page', left: null },
      stages: expect.arrayContaining(['preparing', 'sealing', 'sending', 'sent']),
    });
    around.browser.takeProblems();
    await page.context().close();
    await seenByBrowser('Out of a page', 'No terminal needed.');
  });

  test('a program of thirty lines reads what came and answers it', async () => {
    const program = await readFile('examples/exchange-letters.js', 'utf8');
    expect(program.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
    await fromBrowser('Is there a program?', 2);
    await expect.poll(newest, { timeout: 20_000 }).not.toBe('');
    const photo = join(beta.home, 'beach.jpg');
    const said = await new Promise<string>((resolve, reject) => {
      const words = ['examples/exchange-letters.js', around.app.url, 'beta', photo];
      const child = execFile(process.execPath, words, (error, stdout, stderr) =>
        error ? reject(new Error(stderr)) : resolve(stdout),
      );
      child.stdin?.end(`${password}\n`);
    });
    expect(said).toContain('"Is there a program?" from alpha');
    await alpha.page.goto('/inbox');
    await expect
      .poll(async () => {
        await alpha.page.goto('/inbox');
        return alpha.page.getByText('A letter for you').count();
      })
      .toBeGreaterThan(0);
    await alpha.page
      .getByRole('link', { name: /from beta$/ })
      .first()
      .click();
    await alpha.see('Re: Is there a program?');
    await alpha.page.getByText('Thank you for your 31 characters.').waitFor();
  });
});
