import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { newId } from '#core/id.ts';
import { endBrowsers, openBrowser } from '#tests/support/browser.ts';
import type { GoldenLetter, GoldenPhoto } from '#tests/support/golden-installation.ts';
import { serveInstallation } from '#tests/support/installation-http.ts';
import { type Person as Member, makeFriends } from '#tests/support/journey-people.ts';
import { startPainter } from '#tests/support/painter-server.ts';
import { jpeg, personAt, readSentCopy } from '#tests/support/people.ts';

/*
 * Writes tests/vectors/golden-installation.*: the database of an installation with letters and
 * drafts sealed by the server and in a browser, and their content. Every later version must open
 * it. The script refuses to overwrite it; a changed format gets a new file beside it.
 */
const target = new URL('../tests/vectors/golden-installation', import.meta.url).pathname;
const secret = 'the secret of an installation that is kept for ever';

const painter = await startPainter();
const world = await serveInstallation({
  rateLimits: false,
  cheapPasswords: false,
  env: { APP_SECRET: secret, RAPIDAPI_KEY: 'none', STAMP_API_URL: painter.url },
});
const browser = await openBrowser();
const members = await makeFriends(world);
const letters: GoldenLetter[] = [];
const drafts: GoldenLetter[] = [];
/** Plain colours, because the file is kept for ever and photos are most of it. */
const small = (n: number) => {
  const background = { r: 40 * n, g: 120, b: 250 - 40 * n };
  return sharp({ create: { width: 640, height: 480, channels: 3, background } })
    .jpeg()
    .toBuffer();
};
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

interface Plan {
  from: keyof typeof members;
  to: keyof typeof members;
  title: string;
  body: string;
  captions: string[];
  stampIdea: string;
  send: boolean;
}

async function byServer({ from, to, title, body, captions, stampIdea, send }: Plan): Promise<string> {
  const api = await world.as(members[from]);
  const letterId = newId();
  const words = { to, title, body, stampIdea };
  const newPhotos = await Promise.all(captions.map((_, n) => small(n + 1)));
  await api.inClear.saveDraft({ draftId: letterId, version: 0, ...words, newPhotos, newCaptions: captions });
  if (send) await api.inClear.sendLetter({ letterId, ...words, captions: await captionsOf(api, letterId) });
  return letterId;
}

async function captionsOf(api: Awaited<ReturnType<typeof world.as>>, id: string) {
  const { photos } = await api.inClear.openDraft({ id });
  return Object.fromEntries(photos.map(({ photoId, caption }) => [photoId, caption]));
}

async function inBrowser({ from, to, title, body, captions, stampIdea, send }: Plan): Promise<string> {
  const person = personAt(await browser.visit(world.url), from, members[from].password);
  const { page } = person;
  await person.logIn();
  await page.goto(`/write?to=${to}`);
  await person.see('New letter');
  const files = await Promise.all(captions.map(async (_, n) => jpeg(`${n}.jpg`, await small(n + 4))));
  await person.fillLetter({ title, body, files });
  if (stampIdea) await page.getByLabel('Stamp idea').fill(stampIdea);
  await person.press('Save as draft');
  await page.getByText('Draft saved.').waitFor();
  for (const [n, caption] of captions.entries())
    await page.getByLabel(`Caption for photo ${n + 1}`).fill(caption);
  await person.press(send ? 'Seal and send' : 'Save as draft');
  if (send) await readSentCopy(page);
  else await page.getByText('Draft saved.').waitFor();
  await world.settle();
  const api = await world.as(members[from]);
  const [newest] = send ? (await api.letters.sent({})).letters : (await api.drafts.list({})).drafts;
  await page.context().close();
  return newest?.id ?? '';
}

async function keep(by: GoldenLetter['by'], plan: Plan): Promise<void> {
  const id = await (by === 'server' ? byServer : inBrowser)(plan);
  await world.settle();
  const { from: author, to: receiver, title, body, captions, stampIdea } = plan;
  const owner = await world.as(members[author]);
  const photos: GoldenPhoto[] = await Promise.all(
    captions.map(async (caption, n) => {
      const read = async (size: 'full' | 'preview') =>
        hashOf((await owner.inClear[plan.send ? 'photo' : 'draftPhoto']({ id, n, size })).bytes);
      return { caption, full: await read('full'), preview: await read('preview') };
    }),
  );
  const common = { id, by, author, receiver, title, body, photos };
  if (!plan.send) drafts.push({ ...common, stampIdea });
  else
    letters.push({
      ...common,
      ...(stampIdea && { stamp: hashOf((await owner.inClear.stamp({ id })).bytes) }),
    });
}

/** Reads a letter, so that its sealed title is in the receiver's list. */
const readBy = async (member: Member, n: number) =>
  (await world.as(member)).inClear.readLetter({ id: letters[n]?.id ?? '' });

const lake =
  'Dear you,\n\n\n   the lake is frozen.\n\tCome 🐈 — مرحبا, e\u0301 https://example.test/?a=1&b=2';
for (const by of ['server', 'browser'] as const) {
  const whose = { from: 'alpha', to: 'beta', body: `${lake}\n\n${by}` } as const;
  const captions = ['The lake ❄', ''];
  await keep(by, { ...whose, title: `Painted, ${by} 🐈`, captions, stampIdea: 'a frozen lake', send: true });
  await keep(by, { ...whose, title: `Plain, ${by}`, captions: [], stampIdea: '', send: true });
  const back = { ...whose, from: 'beta', to: 'alpha' } as const;
  await keep(by, { ...back, title: `Re: painted, ${by}`, captions: ['One'], stampIdea: '', send: true });
  await keep(by, { ...whose, title: `Unsent, ${by}`, captions, stampIdea: 'a hat', send: false });
}
await readBy(members.beta, 0);
await readBy(members.alpha, 5);

const people = Object.values(members).map(({ username, password, words }) => ({ username, password, words }));
const truth = {
  source:
    'Made once by scripts/make-golden-installation.ts, with its database beside it. Never to be made anew.',
  ...{ secret, people, letters, drafts },
};
// As after a power failure: the file with its log, which is recovered on opening.
const copied = await mkdtemp(join(tmpdir(), 'bff-golden-'));
await cp(world.dataDir, copied, { recursive: true });
const database = new DatabaseSync(join(copied, 'bff.sqlite'));
database.exec(`VACUUM INTO '${join(copied, 'packed.sqlite')}'`);
database.close();
const once = { flag: 'wx' }; // fails when the file exists
await writeFile(`${target}.json`, `${JSON.stringify(truth, null, 1)}\n`, once);
await writeFile(
  `${target}.sqlite.gz`,
  gzipSync(await readFile(join(copied, 'packed.sqlite')), { level: 9 }),
  once,
);
await rm(copied, { recursive: true });
await browser.close();
await endBrowsers();
await world.close();
await painter.close();
