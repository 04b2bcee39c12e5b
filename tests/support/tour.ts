import type { Page } from 'playwright-core';
import routes from '#app/routes.ts';
import { giveCode, giveName, readSecret } from './authenticator-app.ts';
import { longLetter } from './letter-texts.ts';
import { makePhoto } from './make-photos.ts';
import { jpeg, logOut, type Person, personAt, readSentCopy } from './people.ts';

/** A page in one of its states. */
export interface Stop {
  /** Fit for a file name; the same in every tour. */
  name: string;
  page: Page;
  /** The page waits for what will not come while it is looked at. */
  opening?: boolean;
}

const password = 'test1234';

/**
 * Walks through every page of the site in every state worth a look, with the demo friends and a newcomer of the given
 * name. Whoever takes the tour may resize the page at a stop, but not leave it.
 */
export async function* tour(open: () => Promise<Page>, newcomer: string): AsyncGenerator<Stop> {
  yield* outside(await open());
  const stranger = personAt(await open(), newcomer);
  yield* joining(stranger);
  yield* firstSteps(stranger);
  yield* keys(stranger);
  yield* otherAddress(stranger);
  yield* secondFactor(stranger);
  const alpha = personAt(await open(), 'alpha', password);
  const beta = personAt(await open(), 'beta', password);
  yield* writing(alpha, beta);
  yield* reading(alpha, beta);
  yield* friends(alpha, stranger);
  yield* invited(await open(), await alpha.friendCode());
  yield* everythingElse(alpha);
  for (const { page } of [stranger, alpha, beta]) await page.context().close();
}

async function* outside(page: Page): AsyncGenerator<Stop> {
  const stop = (name: string): Stop => ({ name: `outside-${name}`, page });
  const guest = personAt(page, 'guest');
  for (const path of [
    '/',
    '/about',
    '/features',
    '/login',
    '/join',
    '/feedback',
    '/forgot',
    '/dev/mailbox',
  ]) {
    await page.goto(path);
    yield stop(path === '/' ? 'welcome' : path.slice(1).replaceAll('/', '-'));
  }
  await guest.logIn('not the password');
  await guest.complaint();
  yield stop('login-refused');
  await page.goto('/letters/0123456789abcdef01234567');
  yield stop('login-navigation-progress');
  await page.goto('/join');
  await page.getByLabel('Username').fill('x');
  await page.getByLabel('Email').fill('nothing');
  await page.getByLabel('Password', { exact: true }).fill('password');
  await guest.press('Join');
  await guest.complaint();
  yield stop('join-refused');
  await page.goto('/feedback');
  await guest.press('Send');
  await guest.complaint();
  yield stop('feedback-refused');
  await page.getByLabel('Subject').fill('The cat');
  await page.getByLabel('Message').fill('is good.');
  await guest.press('Send');
  await guest.see('Thanks!');
  yield stop('feedback-thanks');
  await page.goto('/verify/none');
  await guest.see('This link no longer works');
  yield stop('verify-refused');
  await page.goto('/nowhere');
  yield stop('nowhere');
  await page.goto('/offline.html');
  yield stop('offline');
  await page.context().close();
}

async function* joining(person: Person): AsyncGenerator<Stop> {
  const { page } = person;
  const stop = (name: string): Stop => ({ name: `joining-${name}`, page });
  await person.join();
  yield stop('words');
  await page.getByRole('link', { name: 'I’ve written them down' }).click();
  await person.see('Quick check');
  yield stop('confirm');
  for (const field of await page.getByRole('textbox').all()) await field.fill('zebra');
  await person.press('Confirm');
  await person.complaint();
  yield stop('confirm-refused');
  await page.evaluate(() => indexedDB.deleteDatabase('bff-keys'));
  await page.goto('/join/words');
  await person.see(/^(Write these down|Your recovery words aren’t in this browser)$/);
  // The browser had them; without JavaScript they are on the page again.
  if (!(await page.getByRole('region', { name: 'Your 12 words' }).isVisible())) {
    yield stop('words-gone');
    await page.getByLabel('Password', { exact: true }).fill(person.password);
    await person.press('Show new words');
    await person.see('Write these down');
  }
  await person.confirmRecoveryPhrase(await person.readWords());
  yield stop('mail');
  await page.goto('/login');
  await page.getByLabel('Username').fill(person.username);
  await page.getByLabel('Password').fill(person.password);
  await person.press('Log in');
  await person.told('Confirm your address to continue');
  yield stop('login-unverified');
  const link = await person.findVerificationLink();
  yield stop('mailbox');
  await page.goto(link);
  yield stop('verify');
  await person.press('Confirm address');
  await person.see('Your address is confirmed');
  yield stop('verified');
}

async function* firstSteps(person: Person): AsyncGenerator<Stop> {
  const { page } = person;
  await person.logIn();
  for (const path of ['inbox', 'sent', 'drafts', 'friends', 'write']) {
    await page.goto(`/${path}`);
    yield { name: `empty-${path}`, page };
  }
}

/** Password, words, and where letters are opened, of somebody who is logged in before and after. */
async function* keys(person: Person): AsyncGenerator<Stop> {
  const { page } = person;
  const stop = (name: string): Stop => ({ name: `keys-${name}`, page });
  const fill = async (fields: Record<string, string>) => {
    for (const [label, text] of Object.entries(fields))
      await page.getByLabel(label, { exact: true }).fill(text);
  };
  await page.goto('/settings/password');
  await fill({ 'Current password': 'not the password', 'New password': 'short' });
  await person.press('Change password');
  await person.complaint();
  yield stop('password-refused');
  await page.goto('/settings/recovery');
  await fill({ 'Your password': person.password });
  await person.press('Show new words');
  await person.see('Write these down');
  yield stop('words');
  const words = await person.readWords();
  await person.giveTwoWords(words.map((word) => (word === 'zebra' ? 'zoo' : 'zebra')));
  await person.complaint();
  yield stop('confirm-refused');
  const again = { name: 'Show my words again' };
  await page.getByRole('link', again).or(page.getByRole('button', again)).click();
  await person.giveTwoWords(words);
  await person.see('Inbox');
  const link = await person.askForReset();
  await page.goto(link);
  yield stop('reset');
  await fill({ 'Your twelve recovery words': words.with(2, 'zzebra').join(' ') });
  await fill({ 'New password': 'three old boats', 'Confirm new password': 'three old boats' });
  await person.press('Set new password');
  await person.complaint();
  yield stop('reset-refused');
  await page.goto(`${link}/afresh`);
  yield stop('afresh');
  await page.goto('/reset/none');
  yield stop('reset-spent');
  await page.goto('/settings/sealing');
  if ((await page.getByRole('button', { name: 'Turn off' }).count()) === 0) return;
  for (const [button, done] of [
    ['Turn off', 'Login without JavaScript is off. Devices that used it'],
    ['Turn on again', 'Login without JavaScript is on again.'],
  ] as const) {
    await fill({ 'Your password': person.password });
    await person.press(button);
    await person.told(done);
    yield stop(button === 'Turn off' ? 'sealing-forbidden' : 'sealing-allowed');
  }
}

/** Another e-mail address, by the links in both mails. */
async function* otherAddress(person: Person): AsyncGenerator<Stop> {
  const { page } = person;
  const stop = (name: string): Stop => ({ name: `email-${name}`, page });
  const email = `${person.username}.new@example.test`;
  await page.goto('/settings/email');
  for (const [password, done] of [
    ['not the password', () => person.complaint()],
    [person.password, () => person.told('We’ve sent two emails')],
  ] as const) {
    await page.getByLabel('New email address').fill(email);
    await page.getByLabel('Your password').fill(password);
    await person.press('Send links');
    await done();
    yield stop(password === person.password ? 'waiting' : 'refused');
  }
  const link = await person.findChangeLink(email);
  await page.goto(link);
  await person.see('Is this your address?');
  yield stop('new');
  await person.press('Yes, it’s mine');
  await person.see('One more to go');
  yield stop('agreed');
  await page.goto(await person.findChangeLink(person.email));
  await person.see('Approve your new email address?');
  yield stop('old');
  await person.press('Approve');
  await person.see('Your email has been changed');
  yield stop('changed');
  await page.goto(link);
  await person.see('This link no longer works');
  yield stop('spent');
}

async function* secondFactor(person: Person): AsyncGenerator<Stop> {
  const { page } = person;
  const stop = (name: string): Stop => ({ name: `factor-${name}`, page });
  const settings = '/settings/two-factor';
  const prove = async (password = person.password) => {
    await page.getByLabel('Your password').fill(password);
    await person.press('Continue');
  };
  await page.goto(settings);
  yield stop('off');
  await page.goto(`${settings}?do=passkey`);
  yield stop('passkey');
  await page.goto(`${settings}?do=app`);
  await prove('not the password');
  await person.complaint();
  yield stop('app-refused');
  await prove();
  await person.see('Scan this with your app');
  const codeAt = await readSecret(page);
  await page.getByLabel('Code').fill('12');
  await person.press('Turn on');
  await person.complaint();
  yield stop('confirm-refused');
  await page.getByLabel('Code').fill(codeAt(0));
  await person.press('Turn on');
  await person.see('Your one-time codes');
  yield stop('ten-codes');
  await page.getByRole('link', { name: 'I’ve saved them' }).click();
  await person.see('Two-step login');
  yield stop('on');
  await page.getByRole('link', { name: 'Remove app' }).click();
  await person.see('Remove app');
  yield stop('no-app');
  await page.goto('/settings');
  await logOut(person.page);
  await page.waitForURL((url) => url.pathname === '/');
  await giveName(person);
  yield stop('code');
  await giveCode(person, '12');
  await person.complaint();
  yield stop('code-refused');
  await giveCode(person, codeAt(1));
  await person.see('Inbox');
}

async function* writing(alpha: Person, beta: Person): AsyncGenerator<Stop> {
  const { page } = beta;
  const stop = (name: string): Stop => ({ name: `write-${name}`, page });
  await beta.logIn();
  await page.goto('/write?to=alpha');
  yield stop('empty');
  await beta.press('Seal and send');
  await beta.complaint();
  yield stop('refused');
  await page.goto('/write?to=alpha');
  const pictures = [
    jpeg('lake.jpg', await makePhoto(1, { width: 1600, height: 1200 })),
    jpeg('tower.jpg', await makePhoto(2, { width: 1200, height: 1600 })),
    jpeg('no-photo.jpg', new TextEncoder().encode('not a photo at all')),
  ];
  await beta.fillLetter({ title: 'Pictures of the week', body: 'See below.', files: pictures });
  yield stop('photos-chosen');
  await beta.press('Save as draft');
  await beta.complaint();
  yield stop('photo-refused');
  await page.getByLabel('Caption for photo 1').fill('The lake, before the rain');
  await beta.press('Save as draft');
  await page.getByText('Draft saved.').waitFor();
  yield stop('draft');
  await page.goto('/drafts');
  yield stop('drafts');
  await send(beta, { title: 'A long one', body: longLetter(9_000) });
  yield stop('sent-long');
  await page.goto('/sent');
  yield stop('sent');
  await send(beta, { title: 'Short', body: 'Come on Sunday?\n\nB.' });

  const second = await page.context().newPage();
  await second.goto('/write?to=alpha');
  const writer = personAt(second, 'beta', password);
  await writer.fillLetter({ title: 'Interrupted', body: 'Where was I?' });
  await page.goto('/inbox');
  await logOut(page);
  await page.waitForURL((url) => url.pathname === '/');
  await writer.press('Seal and send');
  await writer.see('You were logged out');
  yield { name: 'write-logged-out', page: second };
  await second.close();
  await beta.logIn();
  await alpha.logIn();
}

async function send(person: Person, letter: { title: string; body: string }): Promise<void> {
  await person.page.goto('/write?to=alpha');
  await person.fillLetter(letter);
  await person.press('Seal and send');
  await readSentCopy(person.page);
}

async function* reading(alpha: Person, beta: Person): AsyncGenerator<Stop> {
  const { page } = alpha;
  const stop = (name: string): Stop => ({ name: `read-${name}`, page });
  for (let tries = 0; tries < 40; tries++) {
    await page.goto('/inbox');
    if ((await page.getByText('A letter for you').count()) > 1) break;
    await page.waitForTimeout(250);
  }
  yield stop('inbox');
  const letter = (n: number) => page.getByRole('link', { name: /from beta$/ }).nth(n);
  await letter(0).click();
  await alpha.see('Short');
  yield stop('short');
  await page.goto('/inbox');
  await letter(1).click();
  await alpha.see('A long one');
  yield stop('long');
  // The demo letter with the most photographs.
  await page.goto('/letters/5eed00000000000000000002');
  await page.getByRole('article').waitFor();
  yield stop('photos');
  await page.goto('/letters/5eed00000000000000000001');
  await page.getByRole('article').waitFor();
  yield stop('photos-other');
  for (const id of [1, 2]) {
    const response = await page.goto(`/letters/5eed0000000000000000000${id}/photos/0/view`);
    if (response?.status() === 200) yield stop(`photo-${id}`);
  }
  await page.goto('/sent');
  yield stop('sent');
  await beta.page.goto('/inbox');
  yield { name: 'read-inbox-beta', page: beta.page };
}

async function* friends(alpha: Person, stranger: Person): AsyncGenerator<Stop> {
  const code = await alpha.friendCode();
  const { page } = stranger;
  await page.goto(`/friends/add/${code}`);
  yield { name: 'friends-add', page };
  await stranger.askFriend(code);
  yield { name: 'friends-asked', page };
  await alpha.page.goto('/inbox');
  yield { name: 'friends-news', page: alpha.page };
  await alpha.page.goto('/friends');
  yield { name: 'friends-with-request', page: alpha.page };
  await alpha.page.getByLabel('Your friend’s code').fill('what');
  await alpha.press('Find friend');
  await alpha.complaint();
  yield { name: 'friends-code-refused', page: alpha.page };
  await alpha.page.goto(`/friends/add/${code}`);
  yield { name: 'friends-own-code', page: alpha.page };
  await alpha.page.goto('/friends/remove/beta');
  yield { name: 'friends-remove', page: alpha.page };
  await alpha.page.goto('/friends/beta/safety');
  yield { name: 'friends-safety', page: alpha.page };
  await alpha.page.goto('/friends/remove/nobody');
  yield { name: 'friends-remove-nobody', page: alpha.page };
  // So that the next tour finds the page as this one did.
  await alpha.page.goto('/friends');
  await alpha.press(`Decline: ${stranger.username}`);
}

/** The way in of somebody who has been sent a link. */
async function* invited(page: Page, code: string): AsyncGenerator<Stop> {
  await page.goto(`/friends/add/${code.slice(0, 7)}`);
  yield { name: 'invited-cut-off', page };
  await page.goto('/friends/add/00000-00000');
  yield { name: 'invited-by-nobody', page };
  await page.goto(`/friends/add/${code}`);
  yield { name: 'invited-letter', page };
  for (const path of ['join', 'login']) {
    await page.goto(`/${path}`);
    yield { name: `invited-${path}`, page };
  }
  await page.context().close();
}

/** The pages whose address has no variable part and that were not visited above, logged in. */
async function* everythingElse({ page }: Person): AsyncGenerator<Stop> {
  const visited = new Set(['', 'write', 'inbox', 'sent', 'drafts', 'friends', 'login', 'logout', 'join']);
  for (const path of staticPaths().filter((path) => !visited.has(path))) {
    const response = await page.goto(`/${path}`);
    const { pathname } = new URL(page.url());
    if (response?.ok() && pathname === `/${path}`)
      yield { name: `inside-${path.replaceAll('/', '-')}`, page };
  }
}

/** Addresses of the pages that are always the same. */
export function staticPaths(): string[] {
  return routes
    .filter(({ file, path = '' }) => file.endsWith('.tsx') && !/[:*]/.test(path))
    .map(({ path = '' }) => path);
}
