import type { Page } from 'playwright-core';
import { giveCode, giveName, readCodes } from './authenticator-app.ts';
import { logOut, type Person, personAt } from './people.ts';
import type { Stop } from './tour.ts';
import { addAuthenticator } from './virtual-authenticator.ts';

/**
 * A passkey that is made, asked for at log-in, at hand and not at hand, with the demo friend beta, whose account is as it
 * was afterwards. Needs scripts, and an address that passkeys can be bound to.
 */
export async function* passkeyTour(open: () => Promise<Page>): AsyncGenerator<Stop> {
  const beta = personAt(await open(), 'beta', 'test1234');
  const { page } = beta;
  const stop = (name: string): Stop => ({ name: `passkey-${name}`, page });
  await addAuthenticator(page);
  await beta.logIn();
  const codes = yield* making(beta, stop);
  await page.goto('/settings');
  await logOut(beta.page);
  await page.waitForURL((url) => url.pathname === '/');
  await giveName(beta);
  yield stop('offered');
  await beta.press('Use a passkey');
  await beta.see('Inbox');
  await page.goto('/settings/two-factor');
  await page.getByRole('link', { name: 'Remove Stick' }).click();
  await beta.see('Remove “Stick”');
  yield stop('remove');
  yield* elsewhere(personAt(await open(), 'beta', beta.password), codes[0] ?? '');
  await page.getByLabel('Your password').fill(beta.password);
  await page.getByLabel('Code', { exact: true }).fill(codes[1] ?? '');
  await beta.press('Remove passkey');
  await page.getByText('Passkey removed.').waitFor();
  yield stop('removed');
  await page.context().close();
}

async function* making({ page, press, complaint, see, password }: Person, stop: (name: string) => Stop) {
  await page.goto('/settings/two-factor?do=passkey');
  await page.getByLabel('Your password').fill(password);
  await press('Continue');
  await page.getByRole('button', { name: 'Create passkey' }).waitFor();
  yield stop('name');
  await press('Create passkey');
  await complaint();
  yield stop('name-refused');
  await page.getByLabel('Name').fill('Stick');
  await press('Create passkey');
  await see('Your one-time codes');
  const codes = await readCodes(page);
  await page.getByRole('link', { name: 'I’ve saved them' }).click();
  await page.getByRole('heading', { name: 'Stick' }).waitFor();
  yield stop('on');
  return codes;
}

/** At a device that does not hold the passkey. */
async function* elsewhere(person: Person, code: string): AsyncGenerator<Stop> {
  await addAuthenticator(person.page);
  await giveName(person);
  await person.press('Use a passkey');
  await person.complaint();
  yield { name: 'passkey-failed', page: person.page };
  await giveCode(person, code);
  await person.see('Inbox');
  await person.page.context().close();
}
