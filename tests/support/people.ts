import type { Page } from 'playwright-core';

/** A photo as it is chosen in the file dialog. */
export interface PickedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export interface Writing {
  title?: string;
  body?: string;
  to?: string;
  files?: PickedFile[];
}

/** A person at a browser, who knows labels, buttons and headings and nothing of how the pages are made. */
export interface Person {
  readonly page: Page;
  readonly username: string;
  readonly email: string;
  readonly password: string;
  /** Joins, writes the words down, confirms two of them, confirms the address by the link in the mail, and logs in. */
  settleIn(): Promise<void>;
  join(): Promise<void>;
  /** The twelve words on the page that shows them. */
  readWords(): Promise<string[]>;
  /** Types the two that are asked for. */
  fillTwoWords(words: string[]): Promise<void>;
  /** Goes on from them, types the two that are asked for and confirms. */
  giveTwoWords(words: string[]): Promise<void>;
  /** The same, of somebody whose address is still to be confirmed. */
  confirmRecoveryPhrase(words: string[]): Promise<void>;
  /** The newest link to confirm an address that was mailed to this person, by way of the local mailbox. */
  findVerificationLink(): Promise<string>;
  verify(link?: string): Promise<void>;
  /** Asks for a new password; the link that is mailed. */
  askForReset(): Promise<string>;
  /** The newest link to agree to another address that was mailed to one of the two. */
  findChangeLink(mailbox: string): Promise<string>;
  logIn(password?: string): Promise<void>;
  /** Fills the form and presses, whatever comes of it. */
  tryToLogIn(password: string): Promise<void>;
  /** The code on the friends page. */
  friendCode(): Promise<string>;
  askFriend(code: string): Promise<void>;
  acceptFriend(username: string): Promise<void>;
  /** Opens a new form by the friend's button. */
  startLetterTo(username: string): Promise<void>;
  fillLetter(writing: Writing): Promise<void>;
  press(button: string): Promise<void>;
  /** Waits for a page by its heading. */
  see(heading: string | RegExp): Promise<void>;
  /** Waits for a notice. (Not by its text alone: Playwright does not look for texts in a `noscript`.) */
  told(something: string): Promise<void>;
  /** The text of whatever says that something is wrong. */
  complaint(): Promise<string>;
  /** Opens the first letter of the inbox from somebody. */
  openLetterFrom(username: string): Promise<void>;
}

/** Sits somebody down at a page. The name makes the address and the password. */
export function personAt(page: Page, username: string, password = `${username} lantern waltz`): Person {
  const email = `${username}@example.test`;
  const see: Person['see'] = (heading) =>
    page.getByRole('heading', { level: 1, name: heading }).first().waitFor();
  const press: Person['press'] = (name) => page.getByRole('button', { name, exact: true }).click();

  const person: Person = {
    page,
    username,
    email,
    password,
    see,
    press,

    async settleIn() {
      await person.join();
      const words = await person.readWords();
      await person.confirmRecoveryPhrase(words);
      await person.verify();
      await see('Inbox');
    },
    async join() {
      await page.goto('/join');
      await page.getByLabel('Username').fill(username);
      await page.getByLabel('Email').fill(email);
      await page.getByLabel('Password', { exact: true }).fill(password);
      // Typed twice only where it can't be shown.
      const again = page.getByLabel('Confirm password');
      if (await again.isVisible()) await again.fill(password);
      await press('Join');
      await see('Write these down');
    },
    async readWords() {
      const card = page.getByRole('region', { name: 'Your 12 words' });
      await card.getByRole('listitem').first().waitFor();
      return (await card.getByRole('listitem').allTextContents()).map((word) => word.trim());
    },
    async fillTwoWords(words) {
      await see('Quick check');
      for (const field of await page.getByRole('textbox').all()) {
        const label = await field.evaluate((input) => (input as HTMLInputElement).labels?.[0]?.textContent);
        await field.fill(words[Number(/\d+/.exec(label ?? '')?.[0]) - 1] ?? '');
      }
    },
    async giveTwoWords(words) {
      const written = { name: 'I’ve written them down' };
      await page.getByRole('link', written).or(page.getByRole('button', written)).click();
      await person.fillTwoWords(words);
      await press('Confirm');
    },
    async confirmRecoveryPhrase(words) {
      await person.giveTwoWords(words);
      await see('Check your email');
    },
    findVerificationLink: () => findMailedLink(page, email, /\/verify\//),
    async askForReset() {
      await page.goto('/forgot');
      await page.getByLabel('Email').fill(email);
      await page.keyboard.press('Enter');
      await see(/mail/i);
      return findMailedLink(page, email, /\/reset\//);
    },
    findChangeLink: (mailbox) => findMailedLink(page, mailbox, /\/email\//),
    async verify(link) {
      await page.goto(link ?? (await person.findVerificationLink()));
      await see('Is this your address?');
      await press('Confirm address');
      // They are in where they have joined, and are asked to log in elsewhere.
      await see(/^(Inbox|Your address is confirmed)$/);
    },
    async logIn(typed = password) {
      await person.tryToLogIn(typed);
      if (typed === password) await see('Inbox');
    },
    async tryToLogIn(typed) {
      await page.goto('/login');
      await page.getByLabel('Username').fill(username);
      await page.getByLabel('Password').fill(typed);
      await press('Log in');
    },
    async friendCode() {
      await page.goto('/friends');
      const section = page.getByRole('region', { name: 'Your friend code' });
      return /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec((await section.textContent()) ?? '')?.[0] ?? '';
    },
    async askFriend(code) {
      await page.goto('/friends');
      await page.getByLabel('Your friend’s code').fill(code);
      await press('Find friend');
      await see(/^Ask .* to be your friend/);
      await press('Send request');
      await see('Friends');
    },
    async acceptFriend(name) {
      await page.goto('/friends');
      await press(`Accept: ${name}`);
      await page.getByText('You’re friends now').waitFor();
    },
    async startLetterTo(name) {
      await page.goto('/friends');
      const row = page.getByRole('listitem').filter({ hasText: name });
      await row.getByRole('link', { name: /^Write/ }).click();
      await see('New letter');
    },
    async fillLetter({ to, title, body, files }) {
      if (to !== undefined) await page.getByLabel('To', { exact: true }).selectOption({ label: to });
      if (title !== undefined) await page.getByLabel('Title').fill(title);
      if (body !== undefined) await page.getByRole('textbox', { name: 'Letter', exact: true }).fill(body);
      if (files) await photoField(page).setInputFiles(files);
    },
    told: (something) => page.getByRole('status').filter({ hasText: something }).waitFor(),
    async complaint() {
      const alert = page.getByRole('alert').first();
      await alert.waitFor();
      // What is wrong with a field is said beside it.
      const said = await page.locator('.field-error').allTextContents();
      return [await alert.textContent(), ...said].join('\n');
    },
    async openLetterFrom(name) {
      await page.goto('/inbox');
      await page
        .getByRole('link', { name: new RegExp(`from ${name}$`) })
        .first()
        .click();
      await page.getByRole('link', { name: `Reply to ${name}` }).waitFor();
    },
  };
  return person;
}

/** The newest link of a kind that was mailed to somebody, by way of the local mailbox. */
async function findMailedLink(page: Page, email: string, address: RegExp): Promise<string> {
  for (let tries = 0; tries < 50; tries++) {
    await page.goto('/dev/mailbox');
    const mail = page.getByRole('article').filter({ hasText: `To ${email}` });
    const link = mail.getByRole('link', { name: address }).first();
    if ((await link.count()) > 0) return (await link.getAttribute('href')) ?? '';
    await page.waitForTimeout(100);
  }
  throw new Error(`no mail for ${email}`);
}

/** The file input: it has no role of its own, so it is found as a person does, in the group of the photographs. */
export function photoField(page: Page) {
  return page.getByRole('group', { name: /^Photos/ }).locator('input[type=file]:not([capture])');
}

/** Two people become friends: one asks by the other's code, the other says yes. */
export async function befriend(one: Person, other: Person): Promise<void> {
  await one.askFriend(await other.friendCode());
  await other.acceptFriend(one.username);
}

/**
 * The words of the letter on the page as the eye has them: line breaks, blank lines and spaces as they are laid out, not
 * as they stand in the source of the page.
 */
export function seenText(page: Page): Promise<string> {
  return page
    .getByRole('article')
    .first()
    .evaluate((sheet) => {
      const words = sheet.querySelector(':scope > header + *') as HTMLElement | null;
      // biome-ignore lint/performance/useDomNodeTextContent: what is seen, not what stands in the source
      return words?.innerText ?? '';
    });
}

/** The link of a photograph and the picture in it, in the order of the letter. */
/** Logs out by the header, which asks again on a narrow window. */
export async function logOut(page: Page): Promise<void> {
  const asks = page.getByRole('link', { name: 'Log out…' });
  const isAsked = await asks.isVisible();
  if (isAsked) await asks.click();
  await page
    .getByRole(isAsked ? 'main' : 'banner')
    .getByRole('button', { name: 'Log out' })
    .click();
}

/** Waits for the page of a letter that was just sent, and turns to the author's copy. Returns its path. */
export async function readSentCopy(page: Page, timeout = 60_000): Promise<string> {
  await page.waitForURL(/\/letters\/[0-9a-f]{24}\/sent$/, { timeout });
  await page.getByRole('link', { name: 'Read your copy' }).click();
  await page.waitForURL(/\/letters\/[0-9a-f]{24}$/);
  await page.getByRole('link', { name: /^Write to .* again$/ }).waitFor();
  return new URL(page.url()).pathname;
}

export function photographs(page: Page) {
  return page.getByRole('region', { name: 'Photos' }).getByRole('link');
}

export function jpeg(name: string, bytes: Uint8Array): PickedFile {
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from(bytes) };
}
