import { describe, expect, test } from 'vitest';
import { keptKeys, usableOnly, usableOnlyWithoutX25519 } from '#tests/support/kept-keys.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { jpeg, type Person, personAt, readSentCopy, seenText } from '#tests/support/people.ts';
import { refuseX25519 } from '#tests/support/refuse-x25519.ts';
import { useApp } from '#tests/support/use-app.ts';

async function send(person: Person): Promise<string> {
  await person.press('Seal and send');
  await readSentCopy(person.page, 60_000);
  return new URL(person.page.url()).pathname;
}

/** A library takes its place, there alone. */
describe('in a browser whose WebCrypto has not learnt X25519 yet', () => {
  const around = useApp({ demo: true, serviceWorker: false });

  const sit = async (name: string, initScript = '', password = 'test1234') => {
    const page = await around.browser.visit(around.app.url);
    await page.addInitScript(initScript);
    let loaded = false;
    page.on('response', async (response) => {
      if (!response.url().endsWith('.js')) return;
      const text = await response.text().catch(() => '');
      loaded ||= /invalid private or public key/.test(text);
    });
    return { person: personAt(page, name, password), loadedCurve: () => loaded };
  };

  test('letters are opened and written all the same', async () => {
    const old = await sit('alpha', refuseX25519);
    const alpha = old.person;
    await alpha.logIn();
    await alpha.openLetterFrom('beta');
    expect(old.loadedCurve()).toBe(true);
    // No byte of the private key stands open: it is kept as the server keeps it, under a key that no script can take out.
    expect(await keptKeys(alpha.page)).toEqual([
      {
        username: 'alpha',
        epoch: 1,
        ...usableOnlyWithoutX25519,
        openBytes: ['identity.publicKey', 'identity.locked.wrapped'],
      },
    ]);

    await alpha.startLetterTo('beta');
    await alpha.fillLetter({
      title: 'Out of an old browser',
      body: 'It still writes.',
      files: [jpeg('lake.jpg', await makePhoto(2, { width: 640, height: 480 }))],
    });
    const path = await send(alpha);
    expect(await seenText(alpha.page)).toBe('It still writes.');

    const now = await sit('beta');
    const beta = now.person;
    await beta.logIn();
    await beta.page.goto(path);
    await beta.see('Out of an old browser');
    expect(await seenText(beta.page)).toBe('It still writes.');
    await beta.page.locator('.photo img').waitFor();
    await beta.page.getByRole('link', { name: 'Reply to alpha' }).click();
    await beta.see('New letter');
    await beta.fillLetter({ title: 'Out of a new one', body: 'So does this.' });
    const answer = await send(beta);
    expect(now.loadedCurve()).toBe(false);
    expect(await keptKeys(beta.page)).toMatchObject([{ ...usableOnly, openBytes: ['identity.publicKey'] }]);

    await alpha.page.goto(answer);
    await alpha.see('Out of a new one');
    expect(await seenText(alpha.page)).toBe('So does this.');
  });

  test('an account is made all the same, and opens where X25519 is known', async () => {
    const old = await sit('newcomer', refuseX25519, 'lantern otter waltz');
    await old.person.settleIn();
    expect(old.loadedCurve()).toBe(true);
    expect(await keptKeys(old.person.page)).toMatchObject([
      { ...usableOnlyWithoutX25519, openBytes: ['identity.publicKey', 'identity.locked.wrapped'] },
    ]);
    const now = await sit('newcomer', '', 'lantern otter waltz');
    await now.person.logIn();
    expect(now.loadedCurve()).toBe(false);
  });
});
