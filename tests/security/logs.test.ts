import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createVisitor, jpeg, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { addressOf, routesOfBuild } from '#tests/support/installation-routes.ts';
import { befriendByForms, enter, writeByForm } from '#tests/support/journey-visitors.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

let world: ServedInstallation;
let alpha: Visitor;
let words: string[];
const printed: string[] = [];
beforeAll(async () => {
  for (const way of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, way).mockImplementation((...parts) => void printed.push(parts.map(String).join(' ')));
  }
  world = await serveInstallation();
  const beta = createVisitor(world.url);
  alpha = createVisitor(world.url);
  [words] = await Promise.all([enter(world, alpha, 'alpha'), enter(world, beta, 'beta')]);
  await befriendByForms(alpha, beta, 'alpha');
});
afterAll(async () => {
  vi.restoreAllMocks();
  await world.close();
});

const everything = () => [...world.logLines, ...printed].join('\n');

describe('the log', () => {
  it('is one JSON object a line, each with a time, a level and an event', () => {
    expect(world.logLines.length).toBeGreaterThan(10);
    for (const line of world.logLines) {
      expect(line.endsWith('\n')).toBe(true);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(JSON.parse(line)).toMatchObject({
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        level: expect.stringMatching(/^(info|error)$/),
        event: expect.any(String),
      });
    }
  });

  it('names a request by an id that its answer carries', async () => {
    const { headers } = await alpha.get('/inbox');
    expect(world.logLines.at(-1)).toContain(`"requestId":"${headers['x-request-id']}"`);
    const claimed = await alpha.get('/inbox', { 'x-request-id': 'mine' });
    expect(claimed.headers['x-request-id']).not.toContain('mine');
  });

  it('has no password, cookie, word, address or letter in it, also of what was refused', async () => {
    await writeByForm(alpha, 'send', { to: 'beta', title: 'LOGTITLE', body: 'LOGBODY' });
    await createVisitor(world.url).post('/login', { username: 'alpha', password: 'LOGWRONGPASSWORD' });
    await createVisitor(world.url).post('/join', {
      username: 'LOGNAME!',
      email: 'LOGMAIL',
      password: 'LOGPASS',
      confirm: 'x',
    });
    await alpha.get('/write?to=LOGFRIEND&title=LOGQUERY');
    await alpha.get('/inbox', {
      'user-agent': 'LOGAGENT',
      referer: 'http://x/LOGREFERER',
      cookie: 'LOGCOOKIE=LOGVALUE',
    });
    await alpha.post('/feedback', { subject: 'LOGSUBJECT', message: 'LOGMESSAGE' });
    await world.settle();
    expect(everything()).not.toMatch(/LOG[A-Z]+/);
    expect(everything()).not.toContain(alpha.cookies.get('bff'));
    expect(everything()).not.toContain('@example.test');
    expect(everything()).not.toContain('127.0.0.1:');
    expect(everything()).not.toContain(words.slice(0, 3).join(' '));
    expect(everything()).not.toMatch(/\/verify\/[A-Za-z0-9_-]{20,}/);
  });

  it('has no token and no friend code of an address in it, on any page that is opened by one', async () => {
    const secret = 'LOGTOKEN'.padEnd(43, 'x');
    const patterns = (await routesOfBuild()).map(({ pattern }) => pattern);
    const opened = patterns.filter((pattern) => /:(token|code)\b/.test(pattern));
    expect(opened.length).toBeGreaterThan(5);
    for (const pattern of opened) {
      const address = addressOf(pattern, { token: secret, code: secret });
      await alpha.get(address);
      await alpha.get(`${address}.data`);
      await alpha.post(address, {});
    }
    expect(everything()).not.toContain(secret);
  });

  it('names a draft that is not as it was sealed, and nothing of it', async () => {
    expect((await alpha.post('/write', { version: '0', intent: 'save', body: 'LOGDRAFT' })).status).toBe(302);
    const { users, drafts } = world.container.stores;
    const { id: userId = '' } = (await users.findByUsername('alpha')) ?? {};
    const [stored] = (await drafts.list(userId, { limit: 1 })).items;
    if (!stored) throw new Error('no draft');
    await drafts.delete(stored.id, userId);
    await drafts.save({ ...stored, payload: stored.payload.map((byte) => byte ^ 1) }, 0);
    expect((await alpha.get('/drafts')).text).toContain('This draft is damaged');
    expect(everything()).toContain(`"event":"draft does not authenticate"`);
    expect(everything()).toContain(`"draftId":"${stored.id}"`);
    expect(everything()).not.toContain('LOGDRAFT');
  });

  it('names a photo of a draft that is not as it was sealed, not the draft', async () => {
    const draftId = await writeByForm(alpha, 'save', {
      ...{ to: 'beta', title: 'With a photo', body: 'Look.' },
      photos: [jpeg(await makePhoto(1, { width: 320, height: 240 }))],
    });
    const { stores, db } = world.container;
    const { id: userId = '' } = (await stores.users.findByUsername('alpha')) ?? {};
    const [photoId = ''] = await stores.photos.listIds(draftId, userId, 1);
    const photo = await stores.photos.find(photoId, draftId);
    if (!photo) throw new Error('no photo');
    await db.orm.photos.where({ _id: photoId }).deleteAndCount();
    await stores.photos.insert({ ...photo, full: photo.full.map((byte, n) => (n > 30 ? byte ^ 1 : byte)) });
    const before = world.logLines.length;
    expect((await alpha.get(`/drafts/${draftId}/photos/0`)).status).toBe(404);
    const errors = world.logLines.slice(before).filter((line) => line.includes('"level":"error"'));
    expect(errors.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'photo does not authenticate', draftId, n: 0 },
    ]);
  });

  it('says where an unexpected error happened, and not what it said; neither does the page', async () => {
    const { letters } = world.container.stores;
    const original = letters.listInbox;
    letters.listInbox = async () => {
      throw new Error('LEAKEDQUERY {"title":"LEAKEDTITLE"} mongodb://LEAKEDUSER:LEAKEDPASS@db');
    };
    try {
      for (const path of ['/inbox', '/inbox.data', '/api/trpc/letters.inbox?input=%22%5B%7B%7D%5D%22']) {
        const answer = await alpha.get(path);
        expect(answer.status, path).toBe(500);
        expect(answer.text, path).not.toMatch(/LEAKED/);
        expect(answer.text, path).not.toMatch(/node_modules|server\/letters|\bat \w+ \(/);
      }
    } finally {
      letters.listInbox = original;
    }
    expect(everything()).toContain('"event":"procedure failed","procedure":"letters.inbox"');
    expect(everything()).not.toMatch(/LEAKED/);
  });

  it('says once that the database failed a page or a form, and the answer says nothing of it', async () => {
    const { feedback, users } = world.container.stores;
    // Every page would name the friend who has accepted.
    await alpha.post('/friends', { intent: 'seen', username: 'beta' });
    const before = world.logLines.length;
    const down = vi.fn(() => Promise.reject(new Error('LEAKEDDATABASE')));
    const spies = [
      vi.spyOn(users, 'findManyByIds').mockImplementation(down),
      vi.spyOn(feedback, 'insert').mockImplementation(down),
    ];
    try {
      const page = await alpha.get('/friends');
      const form = await alpha.post('/feedback', { subject: 'A wish', message: 'More stamps' });
      for (const { status, text } of [page, form]) {
        expect(status).toBe(500);
        expect(text).not.toMatch(/LEAKED/);
      }
      expect(page.text).toContain('Something broke on our side');
      expect(form.text).toContain('More stamps');
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    const failures = world.logLines.slice(before).filter((line) => line.includes('"level":"error"'));
    const told = failures.map((line) => JSON.parse(line));
    for (const line of told) expect(line).toMatchObject({ event: 'procedure failed', error: 'Error' });
    // The page asks for friends and their latest letters at once.
    expect(told.map(({ procedure }) => procedure).sort()).toEqual([
      ...['feedback.give', 'friends.list', 'letters.latest'],
    ]);
    expect(everything()).not.toContain('page failed');
  });

  it('does not repeat what a failing mail server or queue said', async () => {
    world.faults.queue = true;
    await writeByForm(alpha, 'send', { to: 'beta', title: 'Stays quiet', body: 'x' });
    world.faults.queue = false;
    expect(everything()).toContain('delivery not enqueued');
    expect(everything()).not.toContain('the queue is away');
  });
});
