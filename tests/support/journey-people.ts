import { newId } from '#core/id.ts';
import { refusalOf as refusalIn } from '#core/refusal.ts';
import type { InClear } from './in-clear.ts';
import type { Installation } from './installation.ts';

/** Somebody who has joined, confirmed the words and the address, and is logged in. */
export interface Person {
  username: string;
  email: string;
  password: string;
  words: string[];
  /** Of the session. */
  token: string;
}

export const testPassword = 'lantern otter waltz';

/** Joins and stays on the page with the recovery words. */
export async function startJoining(
  world: Installation,
  username: string,
  details: { email?: string; password?: string } = {},
): Promise<{ token: string; words: string[] }> {
  const { email = `${username}@example.test`, password = testPassword } = details;
  const nobody = await world.as(null);
  const { token } = await nobody.accounts.join({ username, email, password, confirm: password });
  const words = await (await world.as({ token })).accounts.recoveryPhrase();
  if (!words) throw new Error('no recovery words after joining');
  return { token, words };
}

/** Confirms two of the words, as the form asks for them; the token from here on. */
export async function confirmTwoWords(
  world: Installation,
  joining: { token: string; words: string[] },
): Promise<string> {
  const answers = [3, 11].map((position) => ({ position, word: joining.words[position - 1] ?? '' }));
  const confirmed = await (await world.as(joining)).accounts.confirmRecoveryPhrase({ answers });
  return confirmed.loggedIn ? confirmed.token : joining.token;
}

/** The token of the latest verification mail to an address. */
export async function verificationToken(world: Installation, email: string): Promise<string> {
  await world.settle();
  const mail = (await world.mails()).filter(({ to }) => to === email).at(-1);
  const token = /\/verify\/([A-Za-z0-9_-]{43})\b/.exec(mail?.text ?? '')?.[1];
  if (!token) throw new Error(`no verification link was mailed to ${email}`);
  return token;
}

export async function logIn(world: Installation, username: string, password = testPassword): Promise<string> {
  const result = await (await world.as(null)).accounts.logIn({ username, password });
  if (result.outcome !== 'logged-in') throw new Error(`log-in ended with ${result.outcome}`);
  return result.token;
}

/** The whole way in: join, words, confirmation, verification link, log-in. */
export async function makePerson(
  world: Installation,
  username: string,
  details: { email?: string; password?: string } = {},
): Promise<Person> {
  const { email = `${username}@example.test`, password = testPassword } = details;
  const joining = await startJoining(world, username, details);
  await confirmTwoWords(world, joining);
  const token = await verificationToken(world, email);
  await (await world.as(null)).accounts.verifyEmail({ token });
  return { username, email, password, words: joining.words, token: await logIn(world, username, password) };
}

export async function makePeople(world: Installation, ...usernames: string[]): Promise<Person[]> {
  return Promise.all(usernames.map((username) => makePerson(world, username)));
}

export async function codeOf(world: Installation, person: { token: string }): Promise<string> {
  return (await (await world.as(person)).friends.myCode()).code;
}

export async function befriend(world: Installation, one: Person, other: Person): Promise<void> {
  await (await world.as(one)).friends.request({ code: await codeOf(world, other) });
  await (await world.as(other)).friends.accept({ username: one.username });
  // Both are told of it by email, before anything is counted.
  await world.settle();
}

/** Two people who are friends, in an installation of their own. */
export async function makeFriends(world: Installation): Promise<{ alpha: Person; beta: Person }> {
  const [alpha, beta] = await makePeople(world, 'alpha', 'beta');
  if (!alpha || !beta) throw new Error('no people');
  await befriend(world, alpha, beta);
  return { alpha, beta };
}

type Letter = Partial<Parameters<InClear['sendLetter']>[0]>;

/** Sends a letter and waits until it is delivered; its id. */
export async function sendLetter(world: Installation, from: Person, to: Person, letter: Letter = {}) {
  const { letterId } = await (await world.as(from)).inClear.sendLetter({
    letterId: newId(),
    to: to.username,
    title: 'A title of a letter',
    body: 'A body of a letter.',
    ...letter,
  });
  await world.settle();
  return letterId;
}

/** The code of the refusal that a call ended with, or 'no refusal'. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'no refusal';
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal) return refusal.code;
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof Error && cause.name === 'AppError' && 'code' in cause) return String(cause.code);
    throw error;
  }
}

/** Every item of a paged list, and how many came on each page. */
export async function readAllPages<Item>(
  page: (cursor: string | undefined) => Promise<{ items: Item[]; nextCursor: string | null }>,
): Promise<{ items: Item[]; sizes: number[] }> {
  const items: Item[] = [];
  const sizes: number[] = [];
  let cursor: string | undefined;
  do {
    const { items: found, nextCursor } = await page(cursor);
    items.push(...found);
    sizes.push(found.length);
    cursor = nextCursor ?? undefined;
    if (sizes.length > 100) throw new Error('the pages never end');
  } while (cursor);
  return { items, sizes };
}
