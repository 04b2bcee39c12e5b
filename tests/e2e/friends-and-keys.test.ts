import { beforeAll, describe, expect, test } from 'vitest';
import { phone } from '#tests/support/browser.ts';
import { type Person, personAt, readSentCopy } from '#tests/support/people.ts';
import { useApp } from '#tests/support/use-app.ts';

/** What happens between friends, and to somebody who forgets, with the wrong turns. */
describe.each([
  { how: 'with JavaScript off', javaScript: false },
  { how: 'in sealed sessions', javaScript: true },
])('friends and keys $how', ({ javaScript }) => {
  const around = useApp({ demo: true, serviceWorker: false });
  let alpha: Person;
  let beta: Person;

  const visit = () => around.browser.visit(around.app.url, { javaScript, viewport: phone });
  const sendToAlpha = async (title: string) => {
    await beta.page.goto('/write?to=alpha');
    await beta.fillLetter({ title, body: 'Are you there?' });
    await beta.press('Seal and send');
    await readSentCopy(beta.page);
  };
  const newAtAlpha = async () => {
    await alpha.page.goto('/inbox');
    return alpha.page.getByRole('link', { name: 'A letter for you' }).count();
  };

  beforeAll(async () => {
    alpha = personAt(await visit(), 'alpha', 'test1234');
    beta = personAt(await visit(), 'beta', 'test1234');
    for (const person of [alpha, beta]) await person.logIn();
  });

  test('a safety number is compared: another one is told from it, the same one is marked', async () => {
    const numberAt = async (person: Person, friend: string) => {
      await person.page.goto(`/friends/${friend}/safety`);
      return (await person.page.getByRole('list', { name: /^Safety number/ }).textContent()) ?? '';
    };
    const theirs = await numberAt(beta, 'alpha');
    expect(await numberAt(alpha, 'beta')).toBe(theirs);
    const { page } = alpha;
    await page.getByLabel(/^The number/).fill(theirs.replaceAll(/\d/g, (digit) => `${9 - Number(digit)}`));
    await alpha.press('Compare');
    expect(await alpha.complaint()).not.toBe('');
    expect(await page.getByRole('button', { name: /mark as verified/ }).count()).toBe(0);
    await page.getByLabel(/^The number/).fill(theirs);
    await alpha.press('Compare');
    await page.getByText('The numbers match.').waitFor();
    await alpha.press('They match: mark as verified');
    await alpha.told('You compared beta’s key on');
    await numberAt(alpha, 'beta');
    await alpha.told('You compared beta’s key on');
    await alpha.page.goto('/write?to=beta');
    await expect
      .poll(() => alpha.page.getByLabel('To', { exact: true }).textContent())
      .toContain('beta · compared');
  });

  test('a new code leaves the old one leading nowhere', async () => {
    const old = await alpha.friendCode();
    await alpha.press('Get a new code');
    await alpha.told('The old one no longer works.');
    expect(await alpha.friendCode()).not.toBe(old);
    expect((await beta.page.goto(`/friends/add/${old}`))?.status()).toBe(404);
  });

  test('somebody who is blocked is not told, and what they send goes nowhere', async () => {
    const before = await newAtAlpha();
    await alpha.page.goto('/friends/remove/beta');
    await alpha.press('Block');
    await alpha.told('Blocked.');
    await sendToAlpha('Into the void');
    expect(await newAtAlpha()).toBe(before);
    await alpha.page.goto('/friends');
    await alpha.press('Unblock: beta');
    await alpha.told('Unblocked.');
  });

  // In sealed sessions: sealed-keys.test.ts.
  test.skipIf(javaScript)(
    'a forgotten password is replaced with the words, of which a wrong one is named',
    async () => {
      const { page } = alpha;
      await page.goto('/settings/recovery');
      await page.getByLabel('Your password').fill('test1234');
      await alpha.press('Show new words');
      const words = await alpha.readWords();
      await alpha.giveTwoWords(words);
      const link = await alpha.askForReset();
      const reset = async (typed: string[]) => {
        await page.goto(link);
        await page.getByLabel('Your twelve recovery words').fill(typed.join(' - ').toUpperCase());
        for (const label of ['New password', 'Confirm new password'])
          await page.getByLabel(label, { exact: true }).fill('three old boats');
        await alpha.press('Set new password');
      };
      await reset(words.with(4, 'lettre'));
      expect(await alpha.complaint()).toMatch(/Word 5, “lettre”/);
      await reset(words);
      await alpha.see('Write these down');
      const renewed = await alpha.readWords();
      expect(renewed).not.toEqual(words);
      await alpha.giveTwoWords(renewed);
      await alpha.see('Inbox');

      const other = personAt(await visit(), 'alpha', 'three old boats');
      await other.logIn('test1234');
      expect(await other.complaint()).toContain('don’t match');
      await other.logIn();
      await other.page.goto(link);
      await other.see(/no longer works|too old|used/);
    },
  );

  test.skipIf(javaScript)(
    'without the words there is a fresh start, once it is understood; old letters stay sealed',
    async () => {
      const { page } = alpha;
      await page.goto('/inbox');
      const letter = await page
        .getByRole('link', { name: /from beta$/ })
        .last()
        .getAttribute('href');
      await page.goto(`${await alpha.askForReset()}/afresh`);
      const start = async () => {
        for (const label of ['New password', 'Confirm new password'])
          await page.getByLabel(label, { exact: true }).fill('all things new');
        await alpha.press('Start over');
      };
      await start();
      expect(await alpha.complaint()).not.toBe('');
      await page.getByLabel('I understand that my old letters can never be opened again.').check();
      await start();
      await alpha.see('Write these down');
      await alpha.giveTwoWords(await alpha.readWords());
      await alpha.see('Inbox');
      await page.goto(letter ?? '');
      await alpha.see('This letter stays sealed');

      // Their friend is warned before the next letter is sealed to the new key.
      await beta.page.goto('/write?to=alpha');
      await beta.fillLetter({ title: 'Still you?', body: 'Say something only we know.' });
      await beta.press('Seal and send');
      await beta.see(/^Safety number with/);
    },
  );
});
