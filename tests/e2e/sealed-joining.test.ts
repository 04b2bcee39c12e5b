import { stringify } from 'devalue';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { phone } from '#tests/support/browser.ts';
import { makePerson } from '#tests/support/journey-people.ts';
import { keptKeys, usableOnly } from '#tests/support/kept-keys.ts';
import { type Person, personAt } from '#tests/support/people.ts';
import { setUpApp } from '#tests/support/second-factor.ts';
import { servedSurroundings } from '#tests/support/served-surroundings.ts';
import { watchDepartures } from '#tests/support/watch-departures.ts';

/** With JavaScript on, an account is made in the browser: neither the password nor the words leave it. */
describe('joining with JavaScript', () => {
  const around = servedSurroundings({ serviceWorker: false });
  const visit = (javaScript = true) =>
    around.browser.visit(around.world.url, { viewport: phone, javaScript });
  const sitDown = async (username: string) => {
    const page = await visit();
    return { page, person: personAt(page, username), departures: watchDepartures(page.context()) };
  };
  const ours = (username: string) => ({
    username,
    epoch: 1,
    ...usableOnly,
    openBytes: ['identity.publicKey'],
  });
  /** The password, and the words in every order of writing that a form or a call could give them. */
  const secretsOf = ({ password }: Person, words: string[] = []) => {
    const pairs = words
      .slice(1)
      .flatMap((word, n) => [' ', ',', '","', '+'].map((gap) => words[n] + gap + word));
    return { password, ...Object.fromEntries(pairs.map((pair, n) => [`words ${n}`, pair])) };
  };
  const tabOf = async ({ page, username, password }: Person) =>
    personAt(await page.context().newPage(), username, password);

  test('leads from the form to the inbox, and neither the password nor a word leaves the browser', async () => {
    const { page, person, departures } = await sitDown('gudrun');
    await person.join();
    const words = await person.readWords();
    expect(words).toHaveLength(12);
    const [kept] = await keptKeys(page);
    expect(kept).toEqual({ ...ours('gudrun'), sealedWords: expect.any(String) });
    expect(kept?.sealedWords?.length).toBeGreaterThan(words.join(' ').length);
    for (const word of words) expect(kept?.sealedWords).not.toContain(word);
    await person.confirmRecoveryPhrase(words);
    // They are gone from here as soon as they are confirmed.
    expect(await keptKeys(page)).toEqual([ours('gudrun')]);
    await person.verify();
    await person.see('Inbox');
    expect(await keptKeys(page)).toEqual([ours('gudrun')]);
    expect(departures.requests().filter((request) => request === 'POST /session')).toHaveLength(2);
    expect(departures.carrying(secretsOf(person, words))).toEqual([]);
    // The same account as one that was made by the form.
    const plain = personAt(await visit(false), 'gudrun');
    await plain.logIn();
  });

  test('by the plain form makes an account that opens with JavaScript, too', async () => {
    const plain = personAt(await visit(false), 'plain_one');
    await plain.settleIn();
    const { page, person } = await sitDown('plain_one');
    await person.logIn();
    expect(await keptKeys(page)).toEqual([ours('plain_one')]);
  });

  describe('with something wrong', () => {
    const fill = async (page: Page, typed: Record<string, string>) => {
      for (const [label, text] of Object.entries(typed))
        await page.getByLabel(label, { exact: true }).fill(text);
    };
    const form = (username: string) => ({
      Username: username,
      Email: `${username}@example.test`,
      Password: 'quiet otter lamp',
    });
    const errorAt = (page: Page, label: string) =>
      page.getByLabel(label, { exact: true }).evaluate((field) =>
        (field.getAttribute('aria-describedby') ?? '')
          .split(' ')
          .map((id) => document.getElementById(id)?.textContent ?? '')
          .at(-1),
      );
    let seat: Awaited<ReturnType<typeof sitDown>> | undefined;

    test.each<[string, Record<string, string>, string, RegExp]>([
      ['a short password', { Password: 'abc' }, 'Password', /at least 8/],
      ['a name with other letters', { Username: 'güstav!' }, 'Username', /a–z/],
      ['no address', { Email: 'gustav at home' }, 'Email', /This address is missing an @/],
    ])('%s is told at its field before anything leaves', async (_, wrong, field, sentence) => {
      seat ??= await sitDown('');
      const { page, person, departures } = seat;
      await page.goto('/join');
      const typed: Record<string, string> = { ...form('gustav'), ...wrong };
      await fill(page, typed);
      await person.press('Join');
      expect(await person.complaint()).toMatch(sentence);
      expect(await errorAt(page, field)).toMatch(sentence);
      for (const [label, text] of Object.entries(typed))
        expect(await page.getByLabel(label, { exact: true }).inputValue()).toBe(text);
      expect(departures.requests().filter((request) => request.startsWith('POST'))).toEqual([]);
    });

    test('a name that somebody has, a page that was open for too long, a network that is away', async () => {
      const { page, person, departures } = await sitDown('wiltrud');
      const refused = async (sentence: RegExp) => {
        await person.press('Join');
        await page.getByText(sentence).first().waitFor();
        expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('quiet otter lamp');
        expect(await keptKeys(page)).toEqual([]);
      };
      await page.goto('/join');
      await fill(page, form('Gudrun'));
      await refused(/username is taken/);
      expect(await errorAt(page, 'Username')).toMatch(/username is taken/);
      await fill(page, form('wiltrud'));
      around.world.clock.advance(61 * MINUTE);
      await refused(/open for too long/);
      const busy = { code: 'rate-limited', message: 'Too many tries. Wait a while.', fields: {} };
      await page.route('/session', (route) =>
        route.fulfill({ status: 429, contentType: 'application/json', body: stringify({ refused: busy }) }),
      );
      await refused(/Too many tries/);
      await page.unroute('/session');
      await page.route('/session', (route) => route.abort('aborted'));
      await refused(/You’re offline|not your fault/);
      await page.unroute('/session');
      await person.press('Join');
      await person.see('Write these down');
      expect(departures.carrying({ password: 'quiet otter lamp' })).toEqual([]);
    });

    test('an answer that got lost makes no second account, and the password opens the first', async () => {
      const { page, person } = await sitDown('ulrike');
      await page.goto('/join');
      await fill(page, form('ulrike'));
      await page.route('/session', async (route) => {
        await route.fetch();
        await route.abort('aborted');
      });
      await person.press('Join');
      await person.complaint();
      await page.unroute('/session');
      await page.context().clearCookies();
      await person.press('Join');
      await page.getByRole('alert').filter({ hasText: 'This account already exists' }).waitFor();
      await page.goto('/login');
      await fill(page, { Username: 'ulrike', Password: 'quiet otter lamp' });
      await person.press('Log in');
      await person.see('Write these down');
    });

    test('a browser that keeps nothing is told so before there is an account', async () => {
      const { page, person, departures } = await sitDown('irmgard');
      await page.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('no storage here', 'InvalidStateError');
        };
      });
      await page.goto('/join');
      await fill(page, form('irmgard'));
      await person.press('Join');
      expect(await person.complaint()).toContain('won’t let us store your keys');
      expect(departures.requests().filter((request) => request.startsWith('POST'))).toEqual([]);
    });
  });

  test('pressed twice on a slow network, one account is made', async () => {
    const { page, person, departures } = await sitDown('doppel');
    await page.route(/\/session$|\/api\/trpc\//, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 800));
      await route.continue();
    });
    await page.goto('/join');
    await page.getByLabel('Username').fill('doppel');
    await page.getByLabel('Email').fill(person.email);
    await page.getByLabel('Password', { exact: true }).fill(person.password);
    await page.getByRole('button', { name: 'Join' }).dblclick();
    await page.getByRole('button', { name: 'Making your keys…' }).waitFor();
    await person.see('Write these down');
    expect(departures.requests().filter((request) => request === 'POST /session')).toHaveLength(1);
    await person.giveTwoWords(await person.readWords());
    await person.see('Check your email');
  });

  describe('and the words', () => {
    test('stay while the page is reloaded, left and come back to, also in a second tab', async () => {
      const { page, person, departures } = await sitDown('reload_one');
      await person.join();
      const words = await person.readWords();
      await page.reload();
      await person.see('Write these down');
      expect(await person.readWords()).toEqual(words);
      // Back to the form leads to where this browser belongs.
      await page.goBack();
      await person.see('Write these down');
      for (const path of ['/join', '/login', '/inbox']) {
        await page.goto(path);
        await person.see('Write these down');
      }
      const tab = await tabOf(person);
      await tab.page.goto('/join/confirm');
      await tab.see('Quick check');
      await tab.page.getByRole('link', { name: 'Show my words again' }).click();
      await tab.see('Write these down');
      expect(await tab.readWords()).toEqual(words);
      await tab.page.goBack();
      await tab.see('Quick check');

      await person.giveTwoWords(words.map((word) => (word === 'zebra' ? 'zoo' : 'zebra')));
      expect(await person.complaint()).toMatch(/not word \d+\./);
      expect(await page.getByRole('textbox').first().inputValue()).toMatch(/^zebra|zoo$/);
      await tab.page.goto('/join/confirm');
      await tab.fillTwoWords(words);
      await page.getByRole('link', { name: 'Show my words again' }).click();
      await person.confirmRecoveryPhrase(words.map((word) => ` ${word.toUpperCase()} `));
      // Confirmed in one tab, the other one has what it wanted.
      await tab.press('Confirm');
      await tab.see('Check your email');
      await page.goBack();
      await person.see('Check your email');
      expect(departures.carrying(secretsOf(person, words))).toEqual([]);
      const mails = (await around.world.mails()).filter(({ to }) => to === person.email);
      expect(mails).toHaveLength(1);
    });

    test('that are not in this browser any more are replaced for whoever knows the password', async () => {
      const { page, person, departures } = await sitDown('swept_one');
      await person.join();
      const words = await person.readWords();
      await page.evaluate(() => indexedDB.deleteDatabase('bff-keys'));
      await page.reload();
      await person.see('Your recovery words aren’t in this browser');
      await page.getByLabel('Password', { exact: true }).fill('not my password');
      await person.press('Show new words');
      expect(await person.complaint()).toContain('That’s not your password');
      await page.getByLabel('Password', { exact: true }).fill(person.password);
      await person.press('Show new words');
      await person.see('Write these down');
      const renewed = await person.readWords();
      expect(renewed).not.toEqual(words);
      await person.confirmRecoveryPhrase(renewed);
      expect(departures.carrying(secretsOf(person, [...words, ...renewed]))).toEqual([]);
    });

    test('that were never confirmed are made anew at a log-in, and only the newest count', async () => {
      const first = await sitDown('hasty');
      await first.person.join();
      const words = await first.person.readWords();

      const { page, person, departures } = await sitDown('hasty');
      await page.goto('/login');
      await page.getByLabel('Username').fill('hasty');
      await page.getByLabel('Password').fill(person.password);
      await person.press('Log in');
      await person.see('Write these down');
      const renewed = await person.readWords();
      expect(renewed).not.toEqual(words);

      await first.person.giveTwoWords(words);
      expect(await first.person.complaint()).toContain('newer words at another login');
      await first.page.getByRole('link', { name: 'Show my words again' }).click();
      await first.person.see('Your recovery words aren’t in this browser');

      await person.confirmRecoveryPhrase(renewed);
      await person.verify();
      await person.see('Inbox');
      expect(departures.carrying(secretsOf(person, [...words, ...renewed]))).toEqual([]);
      // There is nothing to confirm any more where the first ones were shown.
      await first.page.goto('/join/words');
      await first.person.see('Your address is confirmed');
    });

    test('of somebody who joined by the plain form are made anew at a log-in with JavaScript, and the other way round', async () => {
      const plain = personAt(await visit(false), 'switcher');
      await plain.join();
      const shown = [await plain.readWords()];
      const { page, person } = await sitDown('switcher');
      await page.goto('/login');
      await page.getByLabel('Username').fill('switcher');
      await page.getByLabel('Password').fill(person.password);
      await person.press('Log in');
      await person.see('Write these down');
      shown.push(await person.readWords());
      await plain.page.goto('/login');
      await plain.page.context().clearCookies();
      await plain.page.goto('/login');
      await plain.page.getByLabel('Username').fill('switcher');
      await plain.page.getByLabel('Password').fill(person.password);
      await plain.press('Log in');
      await plain.see('Write these down');
      shown.push(await plain.readWords());
      expect(new Set(shown.map((words) => words.join())).size).toBe(3);
      await plain.confirmRecoveryPhrase(shown[2] ?? []);
      await plain.verify();
      await plain.see('Inbox');
    });

    test('are not shown once the script is off, and there is a way out', async () => {
      const { page, person } = await sitDown('off_one');
      await person.join();
      const { value } = (await page.context().cookies()).find(({ name }) => name === 'bff') ?? {};
      const off = await visit(false);
      await off.context().addCookies([{ name: 'bff', value: value ?? '', url: around.world.url }]);
      for (const path of ['/join/words', '/join/confirm']) {
        await off.goto(path);
        await off.getByRole('heading', { name: 'This browser can’t open your words' }).waitFor();
        expect(await off.content()).toContain('JavaScript is off, so');
      }
      await off.getByRole('button', { name: 'Log out' }).click();
      await off.waitForURL((url) => url.pathname === '/');
    });

    test('of somebody whose address is confirmed and who gives a code, too, lead into the inbox, also in two tabs', async () => {
      const { world } = around;
      const member = await makePerson(world, 'coded');
      const { codes } = await setUpApp(world, member);
      await forgetConfirmation('coded');
      const { page, departures } = await sitDown('coded');
      const person = personAt(page, 'coded', member.password);
      await page.goto('/login');
      await page.getByLabel('Username').fill('coded');
      await page.getByLabel('Password').fill(person.password);
      await person.press('Log in');
      await person.see('One more step');
      await page.getByLabel('Code').fill(codes[0] ?? '');
      await person.press('Continue');
      await person.see('Write these down');
      const words = await person.readWords();
      expect(words).not.toEqual(member.words);
      const tab = await tabOf(person);
      await tab.page.goto('/join/confirm');
      await tab.fillTwoWords(words);
      await person.giveTwoWords(words);
      await person.see('Inbox');
      await tab.press('Confirm');
      await tab.see('Inbox');
      expect(await keptKeys(page)).toEqual([ours('coded')]);
      expect(departures.carrying(secretsOf(person, words))).toEqual([]);
    });
  });

  /** As after a reset whose new words nobody has confirmed. */
  async function forgetConfirmation(username: string): Promise<void> {
    const { users } = around.world.container.stores;
    const user = await users.findByUsername(username);
    if (!user) throw new Error(`there is no ${username}`);
    const { wrappedAmkRecovery, recoveryVerifier, credentialsSince } = user;
    await users.setRecovery(user, { wrappedAmkRecovery, recoveryVerifier }, credentialsSince);
  }
});
