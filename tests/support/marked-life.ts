import { createBffClient } from '../../client/node.ts';
import type { TestBrowser, VisitOptions } from './browser.ts';
import type { Mark } from './canary-search.ts';
import { mark, triplesOf, windowsOf } from './canary-secrets.ts';
import { cameraMarks, makePhoto } from './make-photos.ts';
import { befriend, jpeg, logOut, type Person, personAt, readSentCopy } from './people.ts';

/** What happens in a life, in this order. */
export type Event =
  | 'join'
  | 'log-in'
  | 'draft'
  | 'write'
  | 'read'
  | 'reply'
  | 'password change'
  | 'reset'
  | 'the end';

export interface LifeOptions {
  /** Where browsers go, and where the app itself is. */
  url: string;
  appUrl: string;
  browser: TestBrowser;
  visit: VisitOptions;
  /** Told before each event, and what request of the browser's brings it about; the marks so far. */
  onEvent(event: Event, brings: (method: string, path: string) => boolean, marks: Mark[]): Promise<void>;
}

const posts =
  (...paths: RegExp[]) =>
  (method: string, path: string) =>
    method === 'POST' && [/^\/session\b/, ...paths].some((one) => one.test(path));

/**
 * Two people live through everything there is, with secrets that are found again wherever they get to. Returns them: what they
 * typed, the words they were shown, pieces of the photo as it was taken and as it was read.
 */
export async function liveMarkedLife({ url, appUrl, browser, visit, onEvent }: LifeOptions): Promise<Mark[]> {
  const typed = {
    password: mark('password'),
    'new password': mark('new password'),
    'password after the reset': mark('reset password'),
    'other password': mark('other password'),
    'draft title': mark('draft title'),
    'draft body': mark('draft body'),
    title: mark('title'),
    body: mark('body'),
    caption: mark('caption'),
    'description of a photo': mark('description'),
    'title of the answer': mark('answer title'),
    'body of the answer': mark('answer body'),
    'file name': 'Kanarienfoto-Dateiname-7c1e.jpg',
    'maker of the camera': cameraMarks.make,
  };
  const photo = await makePhoto(4, { width: 1600, height: 1200 });
  const marks: Mark[] = [
    ...Object.entries(typed).map(([name, secret]) => ({ name, secret })),
    ...windowsOf('photo as taken', photo),
    { name: 'stationery', secret: '"paper":"kraft"' },
  ];
  const happen = (event: Event, brings: (method: string, path: string) => boolean) =>
    onEvent(event, brings, marks);
  const sit = async (name: string, password: string) => {
    const page = await browser.visit(url, visit);
    // The server stands still while its heap is written down.
    page.setDefaultTimeout(60_000);
    return personAt(page, name, password);
  };
  const alpha = await sit('alpha', typed.password);
  const beta = await sit('beta', typed['other password']);
  const { page } = alpha;

  const noteWords = async (person: Person) => {
    const words = await person.readWords();
    marks.push(...triplesOf(words));
    return words;
  };
  const settleIn = async (person: Person) => {
    await person.join();
    const words = await noteWords(person);
    await person.confirmRecoveryPhrase(words);
    await person.verify();
    await logOut(person.page);
    await person.page.waitForURL((url) => url.pathname === '/');
    return words;
  };
  await happen('join', posts(/^\/join\b/));
  const words = await settleIn(alpha);
  await happen('log-in', posts(/^\/login\b/));
  await alpha.logIn();
  await settleIn(beta);
  await beta.logIn();
  await befriend(alpha, beta);

  await happen('draft', posts(/^\/write\b/, /drafts\.save/));
  await page.goto('/write?to=beta');
  await alpha.see('New letter');
  await alpha.fillLetter({ title: typed['draft title'], body: typed['draft body'] });
  await alpha.press('Save as draft');
  await page.getByText('Draft saved.').waitFor();
  await page.goto('/drafts');
  await page.getByRole('link', { name: typed['draft title'] }).click();
  await alpha.see('Edit draft');

  await page.goto('/write?to=beta');
  await alpha.see('New letter');
  const files = [jpeg(typed['file name'], photo)];
  await alpha.fillLetter({ title: typed.title, body: typed.body, files });
  await page.getByText('Paper and ink').click();
  await page.getByLabel('Kraft').check();
  await alpha.press('Save as draft');
  await page.getByText('Draft saved.').waitFor();
  await page.getByLabel('Caption for photo 1').fill(typed.caption);
  await page.getByLabel(/^What photo 1 shows/).fill(typed['description of a photo']);
  await happen('write', posts(/^\/write\b/, /letters\.send/));
  await alpha.press('Seal and send');
  await readSentCopy(page);
  marks.push(...(await photoMarks(appUrl, beta, new URL(page.url()).pathname)));

  await happen(
    'read',
    (method, path) => method === 'GET' && /^\/letters\/[0-9a-f]{24}(\.data|\?|$)/.test(path),
  );
  await openLetterFrom(beta, 'alpha');
  await beta.see(typed.title);
  await beta.page.getByRole('img', { name: typed['description of a photo'] }).waitFor();
  await beta.page.getByRole('link', { name: 'Reply to alpha' }).click();
  await beta.see('New letter');
  await beta.fillLetter({ title: typed['title of the answer'], body: typed['body of the answer'] });
  await happen('reply', posts(/^\/write\b/, /letters\.send/));
  await beta.press('Seal and send');
  await readSentCopy(beta.page);
  await openLetterFrom(alpha, 'beta');
  await alpha.see(typed['title of the answer']);

  await page.goto('/settings/password');
  await page.getByLabel('Current password').fill(typed.password);
  await fillNewPassword(alpha, typed['new password']);
  await happen('password change', posts(/^\/settings\/password\b/));
  await alpha.press('Change password');
  await page.getByText('Password changed.').waitFor();

  await page.context().clearCookies();
  await page.goto(await alpha.askForReset());
  await page.getByLabel('Your twelve recovery words').fill(words.join(' '));
  await fillNewPassword(alpha, typed['password after the reset']);
  await happen('reset', posts(/^\/reset\b/));
  await alpha.press('Set new password');
  await alpha.see('Write these down');
  await alpha.giveTwoWords(await noteWords(alpha));
  await alpha.see('Inbox');
  await onEvent('the end', () => false, marks);
  return marks;
}

async function fillNewPassword({ page }: Person, password: string): Promise<void> {
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByLabel('Confirm new password').fill(password);
}

/** Pieces of the photo of a letter as its reader has it, read by a program that opens it for itself. */
async function photoMarks(url: string, { username, password }: Person, path: string): Promise<Mark[]> {
  const client = createBffClient({ url });
  await client.logIn({ username, password });
  for (;;) {
    try {
      const letter = await client.letters.open(path.split('/').at(-1) ?? '');
      return [
        ...windowsOf('photo as read', (await letter.photo(0)).bytes),
        ...windowsOf('photo as read, small', (await letter.photo(0, 'preview')).bytes),
      ];
    } catch {
      // Not delivered yet.
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function openLetterFrom(person: Person, from: string): Promise<void> {
  const { page } = person;
  const link = page.getByRole('link', { name: new RegExp(`from ${from}$`) });
  for (let tries = 0; tries < 40; tries += 1) {
    await page.goto('/inbox');
    await person.see('Inbox');
    if ((await link.count()) > 0) break;
    await page.waitForTimeout(250);
  }
  await person.openLetterFrom(from);
}
