import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importAccount, provePassword } from '#core/accounts/sealed-account.ts';
import { exportFiles } from '#core/export/export-files.ts';
import { zipStream } from '#core/export/zip-stream.ts';
import { newId } from '#core/id.ts';
import { createContext } from '#server/context.ts';
import { openArchive } from '#server/export/open-archive.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { makeFriends, type Person, refusalOf, sendLetter } from '#tests/support/journey-people.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { readZip, type Unzipped } from '#tests/support/read-zip.ts';

let world: Installation;
let alpha: Person;
let beta: Person;
const ids = { received: newId(), sent: newId(), draft: newId(), unread: '', damaged: '' };
const hostile = '<script>alert(1)</script> & "quotes" \' <img src=x onerror=y> ]]> 雪 \u202e';

beforeAll(async () => {
  world = await openInstallation();
  ({ alpha, beta } = await makeFriends(world));
  const photos = await Promise.all([1, 2].map((seed) => makePhoto(seed, { width: 640, height: 480 })));
  const [first, second] = photos;
  if (!first || !second) throw new Error('no photos');
  const words = {
    title: `From beta ${hostile}`,
    body: `Hello,\n\n[photo 2]\n\n${hostile}\nsee https://example.test/a?b=1&c=2`,
  };
  await (await world.as(beta)).inClear.saveDraft({
    draftId: ids.received,
    version: 0,
    to: 'alpha',
    ...words,
    newPhotos: photos,
    newCaptions: [`the sea ${hostile}`, 'two'],
    newAlts: ['', `A gull ${hostile}`],
  });
  await sendLetter(world, beta, alpha, { letterId: ids.received, ...words });
  await (await world.as(alpha)).inClear.readLetter({ id: ids.received });
  await (await world.as(alpha)).inClear.saveDraft({
    draftId: ids.sent,
    version: 0,
    to: 'beta',
    title: 'To beta',
    body: 'An answer',
    newPhotos: [first],
    newCaptions: ['one'],
  });
  await sendLetter(world, alpha, beta, { letterId: ids.sent, title: 'To beta', body: 'An answer' });
  await (await world.as(alpha)).inClear.saveDraft({
    draftId: ids.draft,
    version: 0,
    to: '',
    title: 'Not finished',
    body: 'In the middle of',
    newPhotos: [second],
  });
  ids.unread = await sendLetter(world, beta, alpha, { title: 'Not opened yet' });
  await (await world.as(alpha)).feedback.give({ subject: 'A thing', message: 'I like it' });
});
afterAll(() => world.close());

const contextOf = (person: Person) =>
  createContext(world.container, { token: person.token, clientAddress: '', userAgent: '', requestId: '' });

async function archiveOf(person: Person): Promise<Buffer> {
  const context = await contextOf(person);
  const parts: Uint8Array[] = [];
  for await (const part of await openArchive(context, context.actor)) parts.push(part);
  return Buffer.concat(parts);
}

const textOf = (files: Unzipped[], name: RegExp) => {
  const found = files.filter((file) => name.test(file.name));
  expect(found, String(name)).toHaveLength(1);
  return found[0]?.bytes.toString('utf8') ?? '';
};

describe('beginning an export', () => {
  it('needs the password, and notes it for its owner', async () => {
    const api = await world.as(alpha);
    expect(await refusalOf(api.exports.begin({ proof: { password: 'not the password' } }))).toBe(
      'invalid-input',
    );
    expect(await refusalOf(api.exports.begin({ proof: { password: '' } }))).toBe('invalid-input');
    const { fileName } = await api.exports.begin({ proof: { password: alpha.password } });
    expect(fileName).toMatch(/^letters-of-alpha-\d{4}-\d\d-\d\d\.zip$/);
    const { items } = await api.activity.list({});
    expect(items.filter(({ kind }) => kind === 'exported')).toHaveLength(1);
  });

  it('is not endless', async () => {
    const api = await world.as(beta);
    const refusals: string[] = [];
    for (let n = 0; n < 7; n += 1)
      refusals.push(await refusalOf(api.exports.begin({ proof: { password: beta.password } })));
    expect(refusals[0]).toBe('no refusal');
    expect(refusals.at(-1)).toBe('too-many-requests');
  });

  it('is for nobody else: no archive without a session', async () => {
    await expect(openArchive(world.container, null)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('the archive', () => {
  let files: Unzipped[];
  beforeAll(async () => {
    files = readZip(await archiveOf(alpha));
  });

  it('has every letter and draft with page, data, photos and stamp, and nothing twice', () => {
    const names = files.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9_./-]+$/);
    const inFolder = (id: string) =>
      names
        .filter((name) => name.includes(id))
        .map((name) => name.split('/').at(-1))
        .sort();
    expect(inFolder(ids.received)).toEqual([
      'index.html',
      'letter.json',
      'photo-1.jpg',
      'photo-2.jpg',
      'stamp.svg',
    ]);
    expect(inFolder(ids.sent)).toEqual(['index.html', 'letter.json', 'photo-1.jpg', 'stamp.svg']);
    expect(inFolder(ids.unread)).toEqual(['index.html', 'letter.json', 'stamp.svg']);
    expect(inFolder(ids.draft)).toEqual(['index.html', 'letter.json', 'photo-1.jpg']);
    expect(names.filter((name) => !name.includes('/'))).toEqual([
      'account.json',
      'letters.json',
      'index.html',
    ]);
  });

  it('says of each letter how many photos it has, of one in the singular', () => {
    const lines = textOf(files, /^index.html$/).split('<li>');
    const lineOf = (id: string) => lines.find((line) => line.includes(id));
    expect(lineOf(ids.received)).toMatch(/, 2 photos</);
    expect(lineOf(ids.sent)).toMatch(/, 1 photo</);
    expect(lineOf(ids.unread)).not.toMatch(/photo/);
  });

  it('has the photos in full, as they are read', async () => {
    for (const [id, n] of [
      [ids.received, 0],
      [ids.received, 1],
      [ids.sent, 0],
    ] as const) {
      const { bytes } = await (await world.as(alpha)).inClear.photo({ id, n });
      const file = files.find(({ name }) => name.includes(id) && name.endsWith(`photo-${n + 1}.jpg`));
      expect(file?.bytes.equals(bytes)).toBe(true);
    }
  });

  it('has the words as data', () => {
    const letter = JSON.parse(textOf(files, new RegExp(`${ids.received}/letter.json`)));
    expect(letter).toMatchObject({
      id: ids.received,
      kind: 'received',
      from: 'beta',
      to: 'you',
      status: 'read',
      stampFile: 'stamp.svg',
      trouble: null,
    });
    expect(letter.content.title).toBe(`From beta ${hostile}`);
    expect(letter.content.body).toContain(hostile);
    expect(letter.content.photos[0]).toMatchObject({
      file: 'photo-1.jpg',
      caption: `the sea ${hostile}`,
      width: 640,
    });
    expect(new Date(letter.at).getTime()).toBeGreaterThan(0);
    expect(letter.readAt).not.toBeNull();
    const account = JSON.parse(textOf(files, /^account.json$/));
    expect(account.profile).toMatchObject({ username: 'alpha', email: alpha.email });
    expect(account.friends.friends).toMatchObject([{ username: 'beta' }]);
    expect(account.feedback).toMatchObject([{ subject: 'A thing', message: 'I like it' }]);
    expect(account.devices).not.toHaveLength(0);
    expect(account.settings.notifications).toMatchObject({ email: 'each' });
    const lines = JSON.parse(textOf(files, /^letters.json$/));
    expect(lines).toMatchObject({ complete: true, brokenOff: [] });
    expect(lines.letters).toHaveLength(4);
  });

  it('holds no key, no session and nothing of the friend beyond the name', () => {
    const account = textOf(files, /^account.json$/);
    expect(account).not.toMatch(/wrapped|verifier|salt|token|sealed|publicKey/i);
    expect(account).not.toContain(beta.email);
    expect(account).not.toContain(alpha.token);
  });

  it('shows texts as texts, links to nothing of its own accord and runs nothing', () => {
    for (const { name, bytes } of files.filter((file) => file.name.endsWith('.html'))) {
      const html = bytes.toString('utf8');
      expect(html, name).toContain('default-src &#39;none&#39;');
      expect(html.replaceAll(/<style>.*?<\/style>|"[^"]*"/gs, ''), name).not.toMatch(
        /<script|<iframe|<object|<link|javascript:|<[^>]*\son\w+=/i,
      );
      for (const [, address] of html.matchAll(/\ssrc="([^"]*)"/g))
        expect(address, name).toMatch(/^(photo-\d+\.jpg|stamp\.svg)$/);
      for (const [, address] of html.matchAll(/\shref="([^"]*)"/g)) {
        expect(address, name).toMatch(
          /^(?!\/|[a-z]+:)[a-z0-9_./-]+$|^https:\/\/example\.test\/a\?b=1&amp;c=2$/,
        );
      }
    }
    const page = textOf(files, new RegExp(`${ids.received}/index.html`));
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;');
    expect(page).toContain('the sea &lt;script&gt;');
    expect(page).toContain('雪');
  });

  it('has marked nothing as read', async () => {
    const { letters } = await (await world.as(alpha)).inClear.inbox();
    expect(letters.find(({ id }) => id === ids.unread)).toMatchObject({ status: 'delivered', title: null });
  });

  it('is the same for the other friend, from the other side', async () => {
    const theirs = readZip(await archiveOf(beta));
    expect(JSON.parse(textOf(theirs, new RegExp(`${ids.received}/letter.json`)))).toMatchObject({
      kind: 'sent',
      to: 'alpha',
    });
    expect(theirs.some(({ name }) => name.includes(ids.draft))).toBe(false);
  });
});

describe('a sealed session', () => {
  it('gets no archive from the server, and makes the same one from what is sealed', async () => {
    const { accounts } = await world.as(null);
    const kdf = await accounts.kdf({ username: 'alpha' });
    const proven = await provePassword(world.container.argon2, alpha.password, kdf);
    const session = await accounts.logInSealed({ username: 'alpha', authKey: proven.authKey });
    if (!('account' in session)) throw new Error('no sealed session');
    const person = { ...alpha, token: session.token };
    const context = await contextOf(person);
    await expect(openArchive(context, context.actor)).rejects.toMatchObject({ code: 'forbidden' });

    const api = await world.as(person);
    const proof = { authKey: proven.authKey };
    expect((await api.exports.begin({ proof })).fileName).toMatch(/^letters-of-alpha/);
    expect(await refusalOf(api.exports.begin({ proof: { authKey: new Uint8Array(32) } }))).toBe(
      'invalid-input',
    );
    const keys = await importAccount(await proven.open(session.account), session.account);
    const size = 'full' as const;
    const page = (cursor: string | null) => (cursor ? { cursor } : {});
    const done: number[] = [];
    const archive = exportFiles(
      keys,
      {
        account: () => api.exports.account(),
        inbox: (cursor) => api.letters.inbox(page(cursor)),
        archived: (cursor) => api.letters.inbox({ ...page(cursor), archived: true }),
        sent: (cursor) => api.letters.sent(page(cursor)),
        letter: (id) => api.letters.get({ id }),
        photo: async (id, n) => (await api.letters.photo({ id, n, size })).bytes,
        stamp: (id) => api.stamps.get({ id }),
        drafts: (cursor) => api.drafts.list(page(cursor)),
        draftPhoto: async (id, n) => (await api.drafts.photo({ id, n, size })).bytes,
      },
      { now: world.container.now(), onProgress: (count) => done.push(count) },
    );
    const parts: Uint8Array[] = [];
    for await (const part of zipStream(archive)) parts.push(part);
    const here = readZip(Buffer.concat(parts));
    const there = readZip(await archiveOf(alpha));
    expect(done).toEqual([1, 2, 3, 4]);
    expect(here.map(({ name }) => name)).toEqual(there.map(({ name }) => name));
    for (const { name, bytes } of here.filter((file) => /letters\/|drafts\//.test(file.name))) {
      expect(there.find((file) => file.name === name)?.bytes.equals(bytes), name).toBe(true);
    }
  });
});

describe('what cannot be had', () => {
  it('is listed as missing, with the reason, and the rest is there', async () => {
    const { stores } = world.container;
    ids.damaged = await sendLetter(world, beta, alpha, { title: 'Will be damaged' });
    const { findForMember } = stores.letters;
    const { findVariant } = stores.photos;
    stores.letters.findForMember = async (id, userId) => {
      const letter = await findForMember(id, userId);
      if (letter?.id === ids.unread) throw new Error('the database stumbles');
      return letter?.id === ids.damaged
        ? { ...letter, payload: letter.payload.map((byte) => byte ^ 1) }
        : letter;
    };
    let asked = 0;
    stores.photos.findVariant = async (...photo) => {
      asked += 1;
      if (asked === 1) throw new Error('the disk stumbles');
      const bytes = await findVariant(...photo);
      return asked === 2 ? (bytes?.map((byte) => byte ^ 1) ?? null) : bytes;
    };
    const files = readZip(await archiveOf(alpha));
    Object.assign(stores.letters, { findForMember });
    Object.assign(stores.photos, { findVariant });

    const contents = textOf(files, /^index.html$/);
    expect(contents).toContain('3 letters are incomplete');
    expect(contents).toContain('2 photos are missing.');
    expect(textOf(files, new RegExp(`${ids.damaged}/index.html`))).toContain(
      'damaged or has been tampered with',
    );
    expect(textOf(files, new RegExp(`${ids.unread}/index.html`))).toContain('couldn’t fetch this');
    const letter = JSON.parse(textOf(files, new RegExp(`${ids.received}/letter.json`)));
    expect(letter.content.photos.map(({ file }: { file: string | null }) => file)).toEqual([null, null]);
    expect(textOf(files, new RegExp(`${ids.received}/index.html`))).toContain(
      'This photo is damaged or missing.',
    );
    expect(textOf(files, new RegExp(`${ids.sent}/index.html`))).toContain('An answer');
  });

  it('says when a whole list broke off', async () => {
    const { letters } = world.container.stores;
    const { listSent } = letters;
    letters.listSent = () => Promise.reject(new Error('the database stumbles'));
    const files = readZip(await archiveOf(alpha));
    letters.listSent = listSent;
    expect(textOf(files, /^index.html$/)).toContain('This copy is incomplete: some letters you sent');
    expect(JSON.parse(textOf(files, /^letters.json$/))).toMatchObject({
      complete: false,
      brokenOff: ['letters you sent'],
    });
  });

  it('is listed as sealed for good after somebody started afresh', async () => {
    const { stores } = world.container;
    const { findForMember } = stores.letters;
    stores.letters.findForMember = async (id, userId) => {
      const letter = await findForMember(id, userId);
      return letter && { ...letter, receiverEpoch: 0 };
    };
    const files = readZip(await archiveOf(alpha));
    Object.assign(stores.letters, { findForMember });
    expect(textOf(files, new RegExp(`${ids.received}/index.html`))).toContain('It can’t be opened any more');
  });
});

it('a reader that goes away ends it: nothing more is fetched', async () => {
  const { photos } = world.container.stores;
  const { findVariant } = photos;
  let fetched = 0;
  photos.findVariant = (...photo) => {
    fetched += 1;
    return findVariant(...photo);
  };
  const context = await contextOf(alpha);
  const reader = (await openArchive(context, context.actor)).getReader();
  for (let chunks = 0; fetched === 0 && chunks < 1000; chunks += 1) await reader.read();
  await reader.cancel();
  const before = fetched;
  await new Promise((resolve) => setTimeout(resolve, 50));
  photos.findVariant = findVariant;
  expect(fetched).toBe(before);
  expect(before).toBe(1);
});

it('goes on over the pages of every list', async () => {
  const more = 23;
  const letters: string[] = [];
  for (let n = 0; n < more; n += 1)
    letters.push(await sendLetter(world, beta, alpha, { title: `More ${n}` }));
  const drafts = Array.from({ length: more }, newId);
  const { saveDraft } = (await world.as(beta)).inClear;
  for (const draftId of drafts) await saveDraft({ draftId, version: 0, title: 'One of many', body: 'x' });

  const [theirs, mine] = [readZip(await archiveOf(alpha)), readZip(await archiveOf(beta))];
  const holds = (files: Unzipped[], id: string) =>
    files.some(({ name }) => name.includes(id) && name.endsWith('/letter.json'));
  expect(letters.filter((id) => !holds(theirs, id))).toEqual([]);
  expect([...letters, ...drafts].filter((id) => !holds(mine, id))).toEqual([]);
  expect(JSON.parse(textOf(mine, /^letters.json$/)).letters.length).toBeGreaterThan(2 * more);
});
