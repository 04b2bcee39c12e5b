import { beforeAll, describe, expect, test } from 'vitest';
import { phone } from '#tests/support/browser.ts';
import { befriend, type Person as Member, makePeople } from '#tests/support/journey-people.ts';
import { keptKeys } from '#tests/support/kept-keys.ts';
import { makeLiar } from '#tests/support/lying-database.ts';
import type { Person } from '#tests/support/people.ts';
import { readSentCopy } from '#tests/support/people.ts';
import { sitDownSealed } from '#tests/support/sealed-browser.ts';
import { servedSurroundings } from '#tests/support/served-surroundings.ts';

const around = servedSurroundings();

describe('a server that lies, with the scripts as they were published', () => {
  let alpha: Member;
  let liar: Awaited<ReturnType<typeof makeLiar>>;
  let person: Person;
  const write = async (title: string) => {
    await person.page.goto('/write?to=beta');
    await person.fillLetter({ title, body: 'Between us.' });
    await person.press('Seal and send');
  };

  beforeAll(async () => {
    const [one, beta] = (await makePeople(around.world, 'alpha', 'beta')) as [Member, Member];
    alpha = one;
    await befriend(around.world, alpha, beta);
    liar = await makeLiar(around.world);
    person = await sitDownSealed(around.world, around.browser, alpha, { viewport: phone, olderKeys: true });
  });

  test('a browser that held the whole master key holds keys for everyday uses instead, and writes on', async () => {
    const { page } = person;
    expect((await keptKeys(page))[0]?.algorithms).toContain('HKDF');
    await write('With older keys');
    await readSentCopy(page);
    const [kept] = await keptKeys(page);
    expect(kept?.algorithms.filter((name) => name !== 'AES-GCM')).toEqual(['X25519']);
    expect(kept?.algorithms.length).toBeGreaterThan(4);
    expect(kept?.extractable.every((can) => !can)).toBe(true);
    // On the letter, and at “To:”, stands how the key does.
    await page.getByText(/You first saw beta’s key on .* haven’t compared it yet/).waitFor();
    await page.goto('/write?to=beta');
    await page.getByText(/You first saw beta’s key on/).waitFor();
    expect(await page.getByLabel('To', { exact: true }).textContent()).toContain('beta · not compared');
  });

  test('gets no letter by a key of its own and no pins, nor after it has ended the session', async () => {
    const { page } = person;
    await page.goto('/friends/beta/safety');
    await person.press('They match: mark as verified');
    await person.told('You compared beta’s key on');
    const honest = await liar.pinsOf('alpha');
    const before = await liar.lettersOf('alpha');
    const endLie = await liar.swapKey('beta');
    await liar.setPins('alpha', { pins: null, pinsVersion: null });
    await write('For the server');
    await person.see(/^Safety number with/);
    await page.getByText('The server no longer has the list').waitFor();
    await page.getByText('beta has new keys').waitFor();
    await page.getByText('Your letter is saved as a draft. Nothing').waitFor();
    expect(await page.getByRole('button', { name: 'Use the new key without comparing' }).count()).toBe(0);
    await page.goto('/write?to=beta');
    await page.getByText('older than the one this browser remembers').waitFor();

    await around.world.container.db.orm.sessions
      .where({ userId: (await around.world.container.stores.users.findByUsername('alpha'))?.id ?? '' })
      .deleteAndCount();
    await page.goto('/login');
    await page.getByLabel('Username').fill('alpha');
    await page.getByLabel('Password', { exact: true }).fill(alpha.password);
    await person.press('Log in');
    await person.see('Inbox');
    await write('For the server, once more');
    await person.see(/^Safety number with/);
    await page.getByText('beta has new keys').waitFor();
    expect(await liar.lettersOf('alpha')).toBe(before);

    // An honest server, restored from a backup: the right key is known again, and the letter goes.
    await endLie();
    await person.press('Keep using what this browser remembers');
    await person.told('You compared beta’s key on');
    await person.press('They match: mark as verified and continue');
    await person.see('Edit draft');
    await person.press('Seal and send');
    await readSentCopy(page);
    expect(await liar.lettersOf('alpha')).toBe(before + 1);
    expect((await liar.pinsOf('alpha')).pinsVersion).toBeGreaterThan(honest.pinsVersion ?? 0);
    await page.getByText(/You compared beta’s key on/).waitFor();
  });
});
