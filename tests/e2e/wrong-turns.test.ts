import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { limits } from '#core/schemas/limits.ts';
import { phone } from '#tests/support/browser.ts';
import {
  corruptJpeg,
  filmFile,
  heicFile,
  htmlFile,
  pixelBombPng,
} from '#tests/support/make-hostile-photos.ts';
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

/** Everything a person gets wrong, in either mode: a kind sentence, what was typed still there, and nothing broken. */
describe.each([
  { how: 'with JavaScript off', javaScript: false },
  { how: 'in sealed sessions', javaScript: true },
])('wrong turns $how', ({ javaScript }) => {
  const around = useApp({ demo: true, serviceWorker: false });
  let alpha: Person;

  const visit = () => around.browser.visit(around.app.url, { javaScript, viewport: phone });
  const joinWith = async (page: Page, typed: Record<string, string>) => {
    await page.goto('/join');
    const form = { Username: 'gustav', Email: 'gustav@example.test', ...typed };
    for (const [label, value] of Object.entries(form))
      await page.getByLabel(label, { exact: true }).fill(value);
    await page.getByRole('button', { name: 'Join' }).click();
  };
  /** Typed twice only where it can't be shown. */
  const passwords = (password: string, again = password) => ({
    Password: password,
    ...(javaScript ? {} : { 'Confirm password': again }),
  });
  const errorAt = (page: Page, label: string) =>
    page.getByLabel(label, { exact: true }).evaluate((field) =>
      (field.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .at(-1),
    );

  beforeAll(async () => {
    alpha = personAt(await visit(), 'alpha', 'test1234');
    await alpha.logIn();
  });

  describe('at the door', () => {
    test('a wrong password and a name nobody has get the same answer, and the name stays', async () => {
      const page = await visit();
      const answers: string[] = [];
      for (const name of ['alpha', 'nobody_at_all']) {
        const person = personAt(page, name);
        await person.logIn('not the password');
        answers.push(await person.complaint());
        expect(await page.getByLabel('Username').inputValue()).toBe(name);
        // It never left the page that has it.
        expect(await page.getByLabel('Password').inputValue()).toBe(javaScript ? 'not the password' : '');
      }
      expect(answers[0]).toContain('don’t match');
      expect(answers[1]).toBe(answers[0]);
      await page.goto('/inbox');
      await personAt(page, 'alpha').see('Log in');
    });

    type Wrong = [string, Record<string, string>, string, RegExp];
    const differ = passwords('quiet otter lamp', 'quiet otter lamb');
    const differing: Wrong[] = javaScript
      ? []
      : [['two passwords that differ', differ, 'Confirm password', /passwords don’t match/]];
    test.each<Wrong>([
      ['a password that everybody uses', passwords('password1'), 'Password', /common/],
      ['a short password', passwords('abc'), 'Password', /at least 8/],
      [
        'the username as password',
        { Username: 'gustav_longer', ...passwords('gustav_longer') },
        'Password',
        /username/,
      ],
      [
        'a name somebody has',
        { Username: 'Alpha', ...passwords('quiet otter lamp') },
        'Username',
        /username is taken/,
      ],
      [
        'a name with other letters',
        { Username: 'güstav!', ...passwords('quiet otter lamp') },
        'Username',
        /a–z/,
      ],
      [
        'no address',
        { Email: 'gustav at home', ...passwords('quiet otter lamp') },
        'Email',
        /This address is missing an @/,
      ],
      ...differing,
    ])('joining with %s', async (_, typed, field, sentence) => {
      const page = await visit();
      await joinWith(page, typed);
      expect(await personAt(page, '').complaint()).toMatch(sentence);
      expect(await errorAt(page, field)).toMatch(sentence);
      expect(await page.getByLabel(field, { exact: true }).getAttribute('aria-invalid')).toBe('true');
      for (const label of ['Username', 'Email']) {
        const typedIn: Record<string, string> = {
          Username: 'gustav',
          Email: 'gustav@example.test',
          ...typed,
        };
        expect(await page.getByLabel(label, { exact: true }).inputValue()).toBe(typedIn[label]);
      }
      // What is wrong leads to where it is wrong.
      await page.getByRole('alert').getByRole('link').first().click();
      const id = await page.getByLabel(field, { exact: true }).getAttribute('id');
      if (javaScript) await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe(id);
      else await page.waitForURL((url) => url.hash === `#${id}`);
      await page.context().close();
    });

    test('wrong words are named, the right ones lead on, and a link confirms an address once', async () => {
      const page = await visit();
      const hedda = personAt(page, 'hedda');
      await hedda.join();
      const words = await hedda.readWords();
      expect(new Set(words).size).toBeGreaterThan(9);
      await page.getByRole('link', { name: 'I’ve written them down' }).click();
      await hedda.see('Quick check');
      const fields = await page.getByRole('textbox').all();
      expect(fields).toHaveLength(2);
      for (const field of fields) await field.fill('zebra');
      await hedda.press('Confirm');
      expect(await hedda.complaint()).toMatch(/word \d+/);
      expect(await page.getByRole('textbox').first().inputValue()).toBe('zebra');
      // Looked up again, with capitals and spaces around them.
      await page.getByRole('link', { name: 'Show my words again' }).click();
      expect(await hedda.readWords()).toEqual(words);
      await hedda.confirmRecoveryPhrase(words.map((word) => ` ${word.toUpperCase()} `));

      await page.goto('/join/words');
      await hedda.see('Check your email');

      // Before the address is confirmed, the right password sends a new link.
      const first = await hedda.findVerificationLink();
      await page.goto('/login');
      await page.getByLabel('Username').fill('hedda');
      await page.getByLabel('Password').fill(hedda.password);
      await hedda.press('Log in');
      await hedda.see('Check your email');
      await expect
        .poll(async () => (await around.app.mails()).filter(({ to }) => to === hedda.email).length)
        .toBe(2);

      // Only the newest link counts.
      await page.goto(first);
      await hedda.see('This link no longer works');
      await page.goto('/verify/not-a-token');
      await hedda.see('This link no longer works');
      const newest = await hedda.findVerificationLink();
      expect(newest).not.toBe(first);
      await hedda.verify(newest);
      await page.goto(newest);
      await hedda.see('Your address is confirmed');
      await hedda.logIn();
    });

    test('somebody on the way to a page is taken there after logging in, and nowhere else', async () => {
      const page = await visit();
      await page.goto('/friends');
      expect(new URL(page.url()).search).toBe('?next=%2Ffriends');
      const person = personAt(page, 'beta', 'test1234');
      await page.getByLabel('Username').fill('beta');
      await page.getByLabel('Password').fill('test1234');
      await person.press('Log in');
      await person.see('Friends');
      await logOut(page);
      await page.waitForURL((url) => url.pathname === '/');
      await page.goto('/login?next=//example.org/inbox');
      await page.getByLabel('Username').fill('beta');
      await page.getByLabel('Password').fill('test1234');
      await person.press('Log in');
      await person.see('Inbox');
      expect(new URL(page.url()).host).toBe(new URL(around.app.url).host);
    });
  });

  describe('among friends', () => {
    test('a code that cannot be one, one of nobody, and one’s own', async () => {
      const { page } = alpha;
      const look = async (code: string) => {
        await page.goto('/friends');
        await page.getByLabel('Your friend’s code').fill(code);
        await alpha.press('Find friend');
      };
      await look('what code');
      expect(await alpha.complaint()).toContain('10 letters and digits');
      expect(await page.getByLabel('Your friend’s code').inputValue()).toBe('what code');
      await look('00000-00000');
      await expect
        .poll(() => page.getByRole('heading', { level: 1 }).textContent())
        .toBe('This invitation no longer works');
      const own = await alpha.friendCode();
      await look(own.toLowerCase().replace('-', ' '));
      await alpha.see('That’s your own code');
    });

    test('opening a share link asks nobody; declining leaves no trace with the one who asked', async () => {
      const page = await visit();
      const ivar = personAt(page, 'ivar');
      await ivar.settleIn();
      const code = await alpha.friendCode();
      await page.goto(`/friends/add/${code}`);
      await ivar.see('Ask alpha to be your friend?');
      await alpha.page.goto('/friends');
      expect(await alpha.page.getByRole('button', { name: 'Accept: ivar' }).count()).toBe(0);
      await ivar.askFriend(code);
      await alpha.page.goto('/friends');
      await alpha.press('Decline: ivar');
      await expect.poll(() => alpha.page.getByRole('button', { name: 'Accept: ivar' }).count()).toBe(0);
      await page.goto('/write?to=alpha');
      await ivar.see('Add a friend first');
    });

    // In a sealed session the friend's key is asked for first: journeys/sealed-letters.
    test.skipIf(javaScript)(
      'a form changed to write to somebody who is no friend is refused, with its words',
      async () => {
        const { page } = alpha;
        await alpha.startLetterTo('beta');
        await alpha.fillLetter({ title: 'To a stranger', body: '  not for you' });
        await page.getByLabel('To', { exact: true }).evaluate((select) => {
          for (const option of (select as HTMLSelectElement).options) option.value = 'ivar';
        });
        await alpha.press('Seal and send');
        expect(await alpha.complaint()).toContain('You can only write to friends.');
        expect(await page.getByRole('textbox', { name: 'Letter', exact: true }).inputValue()).toBe(
          '  not for you',
        );
        expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe('');
      },
    );
  });

  describe('at the writing desk', () => {
    const words = { title: 'With pictures', body: '  Look:\n\n    here' };
    const small = (seed: number) => makePhoto(seed, { width: 640, height: 480 });
    const kept = () => alpha.page.getByRole('group', { name: /^Photos/ }).getByRole('img');
    /** As real files: large ones cannot be handed to the browser from memory. */
    const choose = async (files: Record<string, Uint8Array>) => {
      const paths = Object.keys(files).map((name) => join(around.app.dataDir, name));
      await Promise.all(Object.entries(files).map(([, bytes], n) => writeFile(paths[n] ?? '', bytes)));
      await photoField(alpha.page).setInputFiles(paths);
    };
    const expectWordsKept = async () => {
      expect(await alpha.page.getByLabel('Title').inputValue()).toBe(words.title);
      expect(await alpha.page.getByRole('textbox', { name: 'Letter', exact: true }).inputValue()).toBe(
        words.body,
      );
      expect(await alpha.page.getByLabel('To', { exact: true }).inputValue()).toBe('beta');
    };

    const atFirstLook: [string, () => Uint8Array, RegExp][] = [
      ['a page named .jpg', () => htmlFile(), /document/],
      ['a film', () => filmFile(), /video/],
      ['an empty file', () => new Uint8Array(0), /empty/],
      ['a file of 21 MB', () => new Uint8Array(21_000_000).fill(0xff), /over 20 MB/],
    ];
    const whenOpened: [string, () => Uint8Array | Promise<Uint8Array>, RegExp][] = [
      ['a photo with broken pixels', () => corruptJpeg(), /damaged/],
      ['a file that only begins like a photo of an iPhone', () => heicFile(), /damaged/],
      ['a picture of 900 megapixels', () => pixelBombPng(), /megapixels/],
    ];

    test.skipIf(!javaScript).each(atFirstLook)(
      '%s is named as soon as it is chosen, and the good ones stay chosen with their lines',
      async (_, make, sentence) => {
        const { page } = alpha;
        await alpha.startLetterTo('beta');
        await alpha.fillLetter(words);
        await choose({ 'early.jpg': await small(30) });
        await page.getByPlaceholder('Caption').fill('the first');
        await choose({ 'IMG_1.jpg': make(), 'good.jpg': await small(31) });
        const said = page.locator('[role=alert], .field-error').filter({ hasText: '“IMG_1.jpg”' }).last();
        await said.waitFor();
        expect(await said.textContent()).toMatch(sentence);
        await expect.poll(() => kept().count()).toBe(2);
        expect(await page.getByPlaceholder('Caption').first().inputValue()).toBe('the first');
        await alpha.press('Seal and send');
        await readSentCopy(page);
        await expect.poll(() => photographs(page).count()).toBe(2);
      },
    );

    test.each(javaScript ? whenOpened : [...atFirstLook, ...whenOpened])(
      '%s beside a good photo: the good one and every word are kept',
      async (_, make, sentence) => {
        await alpha.startLetterTo('beta');
        await alpha.fillLetter(words);
        await choose({ 'IMG_1.jpg': await make(), 'good.jpg': await small(31) });
        await alpha.press('Seal and send');
        expect(await alpha.complaint()).toMatch(sentence);
        await expectWordsKept();
        await expect.poll(() => kept().count()).toBe(1);
        await alpha.press('Seal and send');
        await readSentCopy(alpha.page);
        expect(await seenText(alpha.page)).toBe(words.body);
      },
    );

    test('thirteen photos: twelve are kept, the one left out is named', async () => {
      await alpha.startLetterTo('beta');
      const thirteen = await Promise.all(
        Array.from({ length: 13 }, async (_, n) => jpeg(`photo-${n + 1}.jpg`, await small(40 + (n % 3)))),
      );
      await alpha.fillLetter({ ...words, files: thirteen });
      await alpha.press('Save as draft');
      await alpha.page.getByText('“photo-13.jpg”').last().waitFor();
      await expectWordsKept();
      await expect.poll(() => kept().count()).toBe(limits.photos);
      await alpha.page.getByLabel('Remove', { exact: true }).first().check();
      await alpha.press('Save as draft');
      await alpha.page.getByText('Draft saved.').waitFor();
      await expect.poll(() => kept().count()).toBe(limits.photos - 1);
      await alpha.page.getByLabel('Caption for photo 1', { exact: true }).fill('typed, and not saved');
      await alpha.fillLetter({ title: 'x'.repeat(limits.titleMax + 1) });
      await alpha.press('Seal and send');
      expect(await alpha.complaint()).toContain('at most 80 characters');
      await expect.poll(() => kept().count()).toBe(limits.photos - 1);
      const line = alpha.page.getByLabel('Caption for photo 1', { exact: true });
      expect(await line.inputValue()).toBe('typed, and not saved');
    });

    // A browser that seals makes them smaller first.
    test.skipIf(javaScript)('more than a letter may weigh', async () => {
      await alpha.startLetterTo('beta');
      const heavy = new Uint8Array(19_000_000).fill(0xff);
      heavy.set(await small(31));
      await alpha.fillLetter(words);
      await choose(Object.fromEntries([1, 2, 3, 4].map((n) => [`heavy-${n}.jpg`, heavy])));
      await alpha.press('Seal and send');
      expect(await alpha.complaint()).toContain('can total 64 MB');
      await expectWordsKept();
    });

    test('no friend, no text: each is said at its place', async () => {
      const { page } = alpha;
      await page.goto('/write');
      await alpha.press('Seal and send');
      await alpha.complaint();
      // Also without JavaScript it is brought into sight.
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.getAttribute('role')))
        .toBe('alert');
      expect(await errorAt(page, 'Letter')).toMatch(/still empty/);
      expect(await errorAt(page, 'To')).not.toBe('');
      await page.getByLabel('Title').fill('x'.repeat(limits.titleMax));
      await alpha.press('Save as draft');
      await alpha.see('Edit draft');
    });

    test('a draft thrown away is gone, and asking for it again says so', async () => {
      const { page } = alpha;
      await alpha.startLetterTo('beta');
      await alpha.fillLetter({ title: 'Bin', body: 'x' });
      await alpha.press('Save as draft');
      await alpha.see('Edit draft');
      const address = page.url();
      await page.goto('/drafts');
      await alpha.press('Delete: Bin');
      await page.getByText('Draft deleted.').waitFor();
      await page.getByRole('link', { name: 'Deleted drafts' }).click();
      await alpha.press('Delete for good: Bin');
      await page.getByText('Draft deleted for good.').waitFor();
      await page.goto(address);
      await alpha.see('We can’t find that page');
    });

    test('a draft changed in another window is not overwritten, and no word is lost', async () => {
      const { page } = alpha;
      await alpha.startLetterTo('beta');
      await alpha.fillLetter({ title: 'Two windows', body: 'first' });
      await alpha.press('Save as draft');
      await alpha.see('Edit draft');
      const other = personAt(await page.context().newPage(), 'alpha');
      await other.page.goto(page.url());
      await other.fillLetter({ body: 'second' });
      await other.press('Save as draft');
      await other.page.getByText('Draft saved.').waitFor();
      await alpha.fillLetter({ body: 'third' });
      await alpha.press('Save as draft');
      expect(await alpha.complaint()).toContain('another window');
      expect(await page.getByRole('textbox', { name: 'Letter', exact: true }).inputValue()).toBe('third');
      // Nor is its newer text thrown away for a letter of older words.
      await alpha.press('Seal and send');
      await page.waitForLoadState('networkidle');
      expect(await alpha.complaint()).toContain('another window');
      await other.page.reload();
      expect(await other.page.getByRole('textbox', { name: 'Letter', exact: true }).inputValue()).toBe(
        'second',
      );
      await other.page.close();
    });

    test('somebody logged out before sending is given every word back', async () => {
      const page = await visit();
      const beta = personAt(page, 'beta', 'test1234');
      await beta.logIn();
      await beta.startLetterTo('alpha');
      const photos = await Promise.all([31, 32].map(async (seed) => jpeg(`${seed}.jpg`, await small(seed))));
      await beta.fillLetter({ title: 'Gone', files: photos });
      await beta.press('Save as draft');
      await beta.see('Edit draft');
      await beta.fillLetter({ body: '  but not lost' });
      await page.getByLabel('Caption for photo 1').fill('a line, too');
      await page.getByLabel('Remove', { exact: true }).nth(1).check();
      const other = await page.context().newPage();
      await other.goto('/inbox');
      await logOut(other);
      await other.waitForURL((url) => url.pathname === '/');
      await beta.press('Seal and send');
      await beta.see('You were logged out');
      expect(await page.getByRole('textbox', { name: 'Letter', exact: true }).inputValue()).toBe(
        '  but not lost',
      );
      await personAt(other, 'beta', 'test1234').logIn();
      await beta.press('Seal and send');
      await readSentCopy(page);
      await expect.poll(() => photographs(page).count()).toBe(1);
      expect(await page.getByRole('figure').textContent()).toBe('a line, too');
    });
  });

  test('feedback without a subject is refused with its message kept, and thanked for with one', async () => {
    const page = await visit();
    const guest = personAt(page, 'guest');
    await page.goto('/feedback');
    await page.getByLabel('Message').fill('The cat is good.');
    await guest.press('Send');
    await guest.complaint();
    expect(await page.getByLabel('Message').inputValue()).toBe('The cat is good.');
    await page.getByLabel('Subject').fill('The cat');
    await guest.press('Send');
    await guest.see('Thanks!');
  });

  test('addresses that lead nowhere say so and lead back', async () => {
    const page = await visit();
    for (const path of [
      '/nowhere',
      '/letters/xyz',
      '/letters/0123456789abcdef01234567',
      '/drafts/x/photos/0',
      '/write?draft=1',
      '/friends/add/nobody',
      '/friends/remove/nobody',
      '/letters//photos/99',
    ]) {
      const response = await alpha.page.goto(path);
      expect([path, Math.floor((response?.status() ?? 0) / 100)]).toEqual([path, 4]);
    }
    expect((await page.goto('/nowhere'))?.status()).toBe(404);
    await page.getByRole('link', { name: 'Go home' }).click();
    await page.waitForURL((url) => url.pathname === '/');
  });
});
