import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivePasswordKeys, unwrapMasterKey } from '#core/crypto/index.ts';
import { newId } from '#core/id.ts';
import { createContext } from '#server/context.ts';
import { openDraft } from '#server/drafts/open-draft.ts';
import { answersOf, type Place, placesOf, watchOutput } from '#tests/support/canary-places.ts';
import { createCanarySearch, type Mark } from '#tests/support/canary-search.ts';
import { type Answer, createVisitor, jpeg, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { addressOf, routesOfBuild } from '#tests/support/installation-routes.ts';
import { befriendByForms, enter, logInByForm, writeByForm } from '#tests/support/journey-visitors.ts';
import { cameraMarks, makePhoto } from '#tests/support/make-photos.ts';

/** With characters that every way of writing changes, and different in every run. */
const mark = (what: string) => `Kanarie ${what} "ü<&'ß>${newId().slice(0, 8)}`;

const letter = { title: mark('title'), body: mark('body'), caption: mark('caption') };
const draft = { title: mark('draft title'), body: mark('draft body'), caption: mark('draft caption') };
const autosaved = mark('autosaved');
const refused = mark('refused');
const password = mark('password');
const fileName = 'Kanarienfoto-Dateiname-9f2c.jpg';

let world: ServedInstallation;
let output: ReturnType<typeof watchOutput>;
let [alpha, beta, gamma, nobody]: Visitor[] = [];
/** What the two friends share; nobody else may see it. */
let shared: Mark[];
/** What is alpha's alone. */
let own: Mark[];
/** What is in no answer to anybody, alpha included. */
let never: Mark[];

beforeAll(async () => {
  output = watchOutput();
  world = await serveInstallation({ env: { ADMIN_EMAIL: 'operator@example.test' } });
  [alpha, beta, gamma, nobody] = [1, 2, 3, 4].map(() => createVisitor(world.url));
  if (!alpha || !beta || !gamma || !nobody) throw new Error('no visitors');
  const photo = await makePhoto(1, { width: 640, height: 480 });
  const upload = [jpeg(photo, fileName)];

  const [words] = await Promise.all([
    enter(world, alpha, 'alpha', password),
    enter(world, beta, 'beta'),
    enter(world, gamma, 'gamma'),
  ]);
  await befriendByForms(alpha, beta, 'alpha');
  const long = `${letter.body}\n${'and so on. '.repeat(700)}\n${letter.body}\n${'and so on. '.repeat(300)}${letter.body}`;
  const parts = { to: 'beta', captions: [letter.caption], photos: upload };
  const letterId = await writeByForm(alpha, 'send', { ...parts, title: letter.title, body: long });
  await writeByForm(alpha, 'save', {
    ...parts,
    title: draft.title,
    body: draft.body,
    captions: [draft.caption],
  });
  const draftId = await writeByForm(alpha, 'save', { ...parts, title: draft.title, body: draft.body });
  await alpha.post('/write/autosave', {
    letterId: newId(),
    version: '0',
    to: 'beta',
    title: autosaved,
    body: autosaved,
  });
  await alpha.upload(
    '/write',
    { letterId: newId(), version: '0', to: 'gamma', title: refused, body: refused, intent: 'send' },
    upload,
  );
  await world.settle();

  await visitAll(beta, { letterId, draftId });
  const picture = await beta.get(`/letters/${letterId}/photos/0`);
  const preview = await beta.get(`/letters/${letterId}/photos/0?size=preview`);
  await beta.post(`/letters/${letterId}/place`, { position: '700' });
  const answer = await writeByForm(beta, 'send', {
    to: 'alpha',
    title: `Re: ${letter.title}`,
    body: letter.body,
  });
  await world.settle();
  await alpha.get(`/letters/${answer}`);
  await alpha.post('/drafts', { discard: draftId });
  await breakThings(alpha);
  await visitAll(alpha, { letterId, draftId });

  const keys = await keysOf(draft.title);
  shared = [
    ...Object.entries(letter).map(([name, secret]) => ({ name, secret })),
    ...windowsOf('photo', picture.bytes),
    ...windowsOf('preview', preview.bytes),
  ];
  own = [
    ...Object.entries(draft).map(([name, secret]) => ({ name: `draft ${name}`, secret })),
    { name: 'autosaved text', secret: autosaved },
    { name: 'refused text', secret: refused },
    { name: 'file name', secret: fileName },
    { name: 'session', secret: alpha.cookies.get('bff') ?? '' },
    ...triplesOf(words),
  ];
  never = [
    { name: 'password', secret: password },
    ...windowsOf('photo as uploaded', photo),
    ...[cameraMarks.make, cameraMarks.owner, cameraMarks.description, cameraMarks.xmp].map((secret) => ({
      name: 'what the camera wrote',
      secret,
    })),
    ...keys,
  ];

  await alpha.post('/logout', {});
  nobody.cookies.set('bff', String(own.find(({ name }) => name === 'session')?.secret));
  await visitAll(nobody, { letterId, draftId });
  nobody.cookies.clear();
  for (const visitor of [nobody, gamma]) {
    await visitAll(visitor, { letterId, draftId });
    await breakThings(visitor);
  }
  await logInByForm(alpha, 'alpha', password);
  await world.settle();
});
afterAll(async () => {
  output.stop();
  await world.close();
});

describe('what is written, sent and said', () => {
  it('carries none of it: files with the log of the database, jobs, mails, log, output', async () => {
    const places = await placesOf(world, output.printed);
    for (const kind of [
      /^file .*sqlite$/,
      /-wal$/,
      /^file mailbox/,
      /^job letter\.deliver/,
      /^mail "Confirm/,
      /^mail "alpha sent/,
      /^log/,
    ]) {
      expect(
        places.map(({ name }) => name).filter((name) => kind.test(name)),
        String(kind),
      ).not.toEqual([]);
    }
    expect(leaks(places, [...shared, ...own, ...never])).toEqual([]);
  });

  it('shows none of it to a stranger or to nobody, on any page, also with the cookie of who has logged out', () => {
    const places = [...answersOf('nobody', nobody as Visitor), ...answersOf('a stranger', gamma as Visitor)];
    expect(places.length).toBeGreaterThan(60);
    expect(leaks(places, [...shared, ...own, ...never])).toEqual([]);
  });

  it('shows the friend the letter and nothing else', () => {
    const places = answersOf('beta', beta as Visitor);
    expect(leaks(places, [...own, ...never])).toEqual([]);
    for (const { name, secret } of shared) {
      const search = createCanarySearch([{ name, secret }]);
      expect(
        places.some(({ content }) => search(content).length > 0),
        name,
      ).toBe(true);
    }
  });

  it('never shows the author the own password or keys, also when a form is refused', () => {
    const session = own.filter(({ name }) => name === 'session');
    expect(leaks(answersOf('alpha', alpha as Visitor), [...never, ...session])).toEqual([]);
  });

  it('shows the recovery words on their own page only', () => {
    const elsewhere = {
      ...(alpha as Visitor),
      answers: (alpha as Visitor).answers.filter(({ path }) => path !== '/join/words'),
    };
    expect(
      leaks(
        answersOf('alpha', elsewhere),
        own.filter(({ name }) => name === 'recovery words'),
      ),
    ).toEqual([]);
    expect(
      leaks(
        answersOf('alpha', alpha as Visitor),
        own.filter(({ name }) => name === 'recovery words'),
      ),
    ).not.toEqual([]);
  });

  it('lets no cache keep any of it', () => {
    const keepable = ({ headers }: Answer) => !/\bno-store\b/.test(headers['cache-control'] ?? '');
    const visitors = Object.entries({ alpha, beta, gamma, nobody }) as [string, Visitor][];
    const places = visitors.flatMap(([name, visitor]) => answersOf(name, visitor, keepable));
    expect(places.length).toBeGreaterThan(0);
    expect(leaks(places, [...shared, ...own, ...never])).toEqual([]);
  });
});

/** The last one: it spoils the installation. */
describe('a leaky installation', () => {
  it('is found out, wherever it leaks and however that is written', async () => {
    const { container } = world;
    const [word] = triplesOf(['abandon', 'ability', 'able']);
    container.log.info('letter', { title: letter.title });
    await container.queue.add('letter.deliver', { caption: Buffer.from(letter.caption).toString('base64') });
    await container.mailer.send({
      to: 'x@example.test',
      subject: 'Words',
      text: encodeURIComponent(draft.body),
    });
    await container.stores.feedback.insert({
      id: newId(),
      userId: null,
      subject: 'x',
      message: Buffer.from(letter.body, 'utf16le').toString('hex'),
      createdAt: new Date(),
    });
    const photo = shared.find(({ name }) => name === 'photo')?.secret ?? '';
    await writeFile(
      join(world.dataDir, 'dump'),
      gzipSync(Buffer.concat([Buffer.alloc(99), Buffer.from(photo)])),
    );
    console.error(JSON.stringify({ password }));
    const caching = createVisitor(world.url);
    await caching.get(`/login?next=/${encodeURIComponent('x')}`);
    const page = caching.answers[0]?.answer;
    if (page) page.bytes = Buffer.concat([page.bytes, Buffer.from(`<p>${autosaved}</p>`)]);

    const places = [...(await placesOf(world, output.printed)), ...answersOf('nobody', caching)];
    const found = leaks(places, [...shared, ...own, ...never]);
    for (const leak of [
      /^log: title as JSON/,
      /^job letter\.deliver: caption as base64/,
      /^mail "Words": draft body as an address/,
      /^file .*sqlite.*: body as hex of UTF-16LE/,
      /^file dump: photo as raw|^file dump: photo as bytes/,
      /^output: password as JSON/,
      /^answer to nobody at \/login.*: autosaved text as plain text/,
    ]) {
      expect(
        found.some((line) => leak.test(line)),
        `${leak} in\n${found.join('\n')}`,
      ).toBe(true);
    }
    expect(word).toBeDefined();
  });
});

/** One line a leak. */
function leaks(places: Place[], marks: Mark[]): string[] {
  const search = createCanarySearch(marks);
  return places.flatMap(({ name, content }) =>
    search(content).map(({ mark: what, encoding }) => `${name}: ${what} as ${encoding}`),
  );
}

/** Pieces of a picture, so that a part of it is found as well as all of it. */
function windowsOf(name: string, bytes: Uint8Array): Mark[] {
  return [0.3, 0.5, 0.7].map((share) => {
    const from = Math.floor(bytes.length * share);
    return { name, secret: bytes.slice(from, from + 24) };
  });
}

/** Single words are ordinary English; three in a row are not, whatever stands between them. */
function triplesOf(words: string[]): Mark[] {
  return words.slice(2).flatMap((_, n) =>
    [' ', ',', '","', '\n', '-'].map((between) => ({
      name: 'recovery words',
      secret: words.slice(n, n + 3).join(between),
    })),
  );
}

/** The keys behind it all, opened the way only their owner can. */
async function keysOf(draftTitle: string): Promise<Mark[]> {
  const { argon2, serverKeys, stores } = world.container;
  const user = await stores.users.findByUsername('alpha');
  if (!user) throw new Error('no alpha');
  const params = {
    memoryKiB: user.kdfMemoryKiB,
    iterations: user.kdfIterations,
    parallelism: user.kdfParallelism,
  };
  const { authKey, kekFor } = await derivePasswordKeys(argon2, password, { salt: user.kdfSalt, params });
  const share = await serverKeys.keyShare(user.id);
  const context = { userId: user.id, epoch: user.keyEpoch, purpose: 'password' } as const;
  const facts = { clientAddress: '', userAgent: '', requestId: '' };
  const { actor } = await createContext(world.container, {
    token: alpha?.cookies.get('bff') ?? null,
    ...facts,
  });
  const [first] = (await stores.drafts.list(user.id, { limit: 20 })).items;
  const opened = actor && first && (await openDraft(world.container, actor, first.id));
  if (!opened || !draftTitle) throw new Error('no draft');
  return [
    { name: 'master key', secret: await unwrapMasterKey(user.wrappedAmk, await kekFor(share), context) },
    { name: 'authentication key', secret: authKey },
    { name: 'key share', secret: share },
    { name: 'letter key', secret: opened.key },
  ];
}

async function visitAll(
  visitor: Visitor,
  { letterId, draftId }: { letterId: string; draftId: string },
): Promise<void> {
  for (const { pattern, hasPage, hasLoader } of await routesOfBuild()) {
    if (!hasPage && !hasLoader) continue;
    const id = pattern.startsWith('/drafts/') ? draftId : letterId;
    const address = addressOf(pattern, { id, username: 'beta', code: '00000-00000', token: 'A'.repeat(43) });
    if (address.startsWith('/dev/')) continue;
    await visitor.get(address);
    await visitor.get(`${address}.data`);
  }
  await visitor.get(`/write?draft=${draftId}`);
  for (const name of ['letters.inbox', 'letters.sent', 'drafts.list', 'friends.list', 'accounts.me']) {
    await visitor.get(`/api/trpc/${name}?input=${encodeURIComponent('"[{}]"')}`);
  }
  for (const path of ['/manifest.webmanifest', '/favicon.svg', '/entry.worker.js', '/offline', '/healthz']) {
    await visitor.get(path);
  }
}

/** Every kind of error page, with secrets in what caused it. */
async function breakThings(visitor: Visitor): Promise<void> {
  await visitor.post('/login', { username: 'alpha', password: `${password}x` });
  await visitor.post('/join', { username: 'alpha', email: 'none', password, confirm: 'other', mobile: '' });
  await visitor.post('/join', {
    username: 'omega',
    email: 'omega@example.test',
    password,
    confirm: `${password}!`,
  });
  await visitor.post('/settings/password', { current: `${password}?`, password, confirm: 'other' });
  await visitor.post('/logout', {}, { origin: 'http://evil.example.test' });
  await visitor.ask('/inbox', { method: 'DELETE', headers: { origin: world.url } });
  const { drafts } = world.container.stores;
  const { list } = drafts;
  drafts.list = async () => {
    throw new Error(`${draft.title} ${draft.body} ${password}`);
  };
  await visitor.get('/drafts');
  await visitor.get('/drafts.data');
  drafts.list = list;
}
