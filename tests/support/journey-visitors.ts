import { type Fields, inputsOf, type UploadedFile, unescapeHtml, type Visitor } from './http-client.ts';
import { testPassword } from './journey-people.ts';

/** Where the mails of an installation can be read, in this process or of another one. */
export interface Mailbox {
  /** Resolves once no mail is on its way. */
  settle(): Promise<void>;
  mails(): Promise<{ to: string; text: string }[]>;
}

/** What a person does in a browser without JavaScript, page by page; each step checks that it was let through. */

export async function joinByForm(
  visitor: Visitor,
  username: string,
  password = testPassword,
): Promise<string[]> {
  const email = `${username}@example.test`;
  const joined = await visitor.post('/join', { username, email, password, confirm: password, mobile: '' });
  expectRedirect(joined, '/join/words');
  const page = await visitor.get('/join/words');
  return wordsOn(page.text);
}

/** The twelve recovery words on their page. */
export function wordsOn(html: string): string[] {
  const list = /<ol[^>]*>(.*?)<\/ol>/s.exec(html)?.[1] ?? '';
  const words = [...list.matchAll(/<li[^>]*>(.*?)<\/li>/gs)].map(([, item = '']) =>
    unescapeHtml(item.replace(/<[^>]*>/g, ' '))
      .trim()
      .split(/\s+/)
      .at(-1),
  );
  if (words.length !== 12) throw new Error(`there are ${words.length} words on the page`);
  return words.map((word) => word ?? '');
}

/** @param onwards where it leads: to the mail that verifies the address, unless it is verified. */
export async function confirmByForm(
  visitor: Visitor,
  words: string[],
  onwards = '/join/mail',
): Promise<void> {
  const { first = '', second = '' } = inputsOf((await visitor.get('/join/confirm')).text);
  const answers = [first, second].map((position): [string, string] => [
    `word-${position}`,
    words[Number(position) - 1] ?? '',
  ]);
  const fields: Fields = [['first', first], ['second', second], ...answers];
  expectRedirect(await visitor.post('/join/confirm', fields), onwards);
}

async function verifyByLink(world: Mailbox, visitor: Visitor, username: string): Promise<string> {
  await world.settle();
  const mails = (await world.mails()).filter(({ to }) => to === `${username}@example.test`);
  const path = /https?:\/\/[^/\s]+(\/verify\/\S+)/.exec(mails.at(-1)?.text ?? '')?.[1];
  if (!path) throw new Error(`no verification link was mailed to ${username}`);
  await visitor.get(path);
  // They are in at once, at the friend who has invited them.
  expectRedirect(
    await visitor.post(path, {}),
    /^\/(inbox|friends\/add\/[0-9A-Z]{10}|friends\/join\/[\w-]{22})$/,
  );
  return path;
}

export async function logInByForm(
  visitor: Visitor,
  username: string,
  password = testPassword,
): Promise<void> {
  expectRedirect(await visitor.post('/login', { username, password }), '/inbox');
}

/** The whole way in; the recovery words. */
export async function enter(
  world: Mailbox,
  visitor: Visitor,
  username: string,
  password = testPassword,
): Promise<string[]> {
  const words = await joinByForm(visitor, username, password);
  await confirmByForm(visitor, words);
  await verifyByLink(world, visitor, username);
  return words;
}

export async function befriendByForms(one: Visitor, other: Visitor, oneName: string): Promise<void> {
  const page = await other.get('/friends');
  const code = /\/friends\/add\/([0-9A-Z]{5}-[0-9A-Z]{5})/.exec(page.text)?.[1];
  if (!code) throw new Error('there is no friend code on the page');
  await one.get(`/friends/add/${code}`);
  expectRedirect(await one.post(`/friends/add/${code}`, {}), /^\/friends\?done=ask/);
  expectRedirect(
    await other.post('/friends', { intent: 'accept', username: oneName }),
    /^\/friends\?done=accept/,
  );
}

export interface WrittenLetter {
  to: string;
  title: string;
  body: string;
  captions?: string[];
  alts?: string[];
  photos?: UploadedFile[];
}

/** Fills in a fresh form and presses a button; the letter's or draft's id. */
export async function writeByForm(
  visitor: Visitor,
  intent: 'send' | 'save',
  { to, title, body, captions = [], alts = [], photos = [] }: WrittenLetter,
): Promise<string> {
  const { letterId = '', version = '' } = inputsOf((await visitor.get(`/write?to=${to}`)).text);
  const fields: [string, string][] = [
    ...Object.entries({ letterId, version, to, title, body }),
    ...captions.map((caption): [string, string] => ['newCaption', caption]),
    ...alts.map((alt): [string, string] => ['newAlt', alt]),
    ['intent', intent],
  ];
  const answer = await visitor.upload('/write', fields, photos);
  expectRedirect(
    answer,
    intent === 'send' ? `/letters/${letterId}/sent` : `/write?draft=${letterId}&done=saved`,
  );
  return letterId;
}

function expectRedirect(
  answer: { status: number; location: string | null; text: string },
  to: string | RegExp,
): void {
  const there = typeof to === 'string' ? answer.location === to : to.test(answer.location ?? '');
  if (answer.status === 302 && there) return;
  const said = answer.text
    .replace(/<script.*?<\/script>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .slice(0, 600);
  throw new Error(`expected a redirect to ${to}, got ${answer.status} ${answer.location ?? ''}\n${said}`);
}
