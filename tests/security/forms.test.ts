import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { countRepelled } from '#tests/support/count-attacks.ts';
import {
  createVisitor,
  type Fields,
  inputsOf,
  jpeg,
  multipart,
  type Visitor,
} from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { addressOf, routesOfBuild } from '#tests/support/installation-routes.ts';
import { befriendByForms, enter } from '#tests/support/journey-visitors.ts';

let world: ServedInstallation;
let alpha: Visitor;
let forms: string[];
let errors: ReturnType<typeof vi.spyOn>;
beforeAll(async () => {
  errors = vi.spyOn(console, 'error').mockImplementation(() => {});
  world = await serveInstallation({ rateLimits: false });
  const beta = createVisitor(world.url);
  alpha = createVisitor(world.url);
  await Promise.all([enter(world, alpha, 'alpha'), enter(world, beta, 'beta')]);
  await befriendByForms(alpha, beta, 'alpha');
  // Not log-out, which would end what the others are tried with, and not the procedures, which have tests of their own.
  forms = (await routesOfBuild())
    .filter(({ hasAction, pattern }) => hasAction && !/logout|trpc/.test(pattern))
    .map(({ pattern }) =>
      addressOf(pattern, { username: 'nobody_here', code: '00000-00000', token: 'A'.repeat(43) }),
    );
  expect(forms.length).toBeGreaterThan(20);
});
afterAll(async () => {
  errors.mockRestore();
  await world.close();
});
afterEach(() => {
  const surprises = world.logLines.filter((line) => /"level":"error"/.test(line) && !/mail/.test(line));
  world.logLines.length = 0;
  expect([surprises, errors.mock.calls]).toEqual([[], []]);
  errors.mockClear();
});

const names = [
  'username',
  'email',
  'confirm',
  'mobile',
  'to',
  'title',
  'body',
  'author',
  'letterId',
  'version',
  'intent',
  'discard',
  'trash',
  'restore',
  'code',
  'position',
  'subject',
  'message',
  'first',
  'second',
  'word-1',
  'next',
  'removePhoto',
  'newCaption',
  'words',
];
const withAll = (value: string): Fields => names.map((name): [string, string] => [name, value]);
const hostileForms: Record<string, Fields> = {
  nothing: {},
  'operators in brackets': names.flatMap((name): [string, string][] => [
    [`${name}[$gt]`, ''],
    [`${name}[$ne]`, 'x'],
    [`${name}[]`, 'x'],
  ]),
  'names of the prototype': [
    ['__proto__', 'x'],
    ['__proto__[polluted]', '1'],
    ['constructor.prototype.polluted', '1'],
    ['toString', 'x'],
  ],
  'every field three times': names.flatMap((name) =>
    Array.from({ length: 3 }, (): [string, string] => [name, 'x']),
  ),
  'JSON in every field': withAll('{"$gt":""}'),
  'line breaks in every field': withAll('x\r\nSet-Cookie: bff=y\r\n'),
  'zero characters': withAll('x\u0000y'),
  markup: withAll('"><script>alert(1)</script>'),
  'numbers that are none': withAll('NaN'),
  'large numbers': withAll('99999999999999999999'),
  'negative numbers': withAll('-1'),
  paths: withAll('../../../etc/passwd'),
  'other scripts and marks': withAll('\u202e\u200bаlpha\uffff'),
};

/** A session, a look, and the new name of a device that ended all others. */
const ourCookies =
  /^(bff=|look=(device|light|dark|sepia)(\.[a-z]+)+;|bff-device=[\w-]{24}\.[0-9a-f]{32}; Path=\/; HttpOnly; SameSite=Lax;)/;

describe.each(Object.keys(hostileForms))('a form with %s', (kind) => {
  it('is refused or taken by every page, and breaks none', async () => {
    const fields = hostileForms[kind] ?? {};
    for (const path of forms) {
      // Both kinds of form are read by the same two functions: the second is tried where photos and words come.
      const ways = /^\/(write|login)$/.test(path) ? (['post', 'upload'] as const) : (['post'] as const);
      for (const send of ways) {
        const answer =
          send === 'post' ? await alpha.post(path, fields) : await alpha.upload(path, fields, []);
        expect(answer.status, `${send} ${path}: ${answer.text.slice(0, 200)}`).toBeLessThan(500);
        for (const line of answer.cookies) expect(line).toMatch(ourCookies);
        expect(answer.text, `${send} ${path}`).not.toContain('<script>alert');
        countRepelled();
      }
    }
  });
});

describe('what is wrong with a form', () => {
  const oddly = {
    username: 'x!',
    email: 'x',
    mobile: 'x',
    code: 'x',
    subject: '',
    message: '',
    title: 'x'.repeat(81),
    to: '',
  };
  const times = { email: 'daily', quietFrom: '10:00', quietTo: '10:00', timeZone: '' };
  const good = 'three quiet lamps';
  const tries: Record<string, Fields> = {
    'everything is odd': { ...oddly, password: 'x', confirm: 'y', current: '', words: 'x', displayName: '' },
    'the passwords differ': { ...oddly, password: good, confirm: 'y', current: '', words: 'x', ...times },
    'the password is the name': {
      ...oddly,
      username: 'lamp_lighter',
      password: 'lamp_lighter',
      confirm: 'y',
    },
    'nothing is there': {},
  };

  it('is named in the order of its fields', async () => {
    await createVisitor(world.url).post('/forgot', { email: 'alpha@example.test' });
    await world.settle();
    const link = (await world.mails())
      .map(({ text }) => /(\/reset\/[\w-]{43})\b/.exec(text)?.[1])
      .findLast(Boolean);
    const astray: string[] = [];
    const beside = new Set<string>();
    for (const [kind, fields] of Object.entries(tries)) {
      for (const path of [...forms, `${link}`, `${link}/afresh`]) {
        for (const visitor of [alpha, createVisitor(world.url)]) {
          const { text } = await visitor.post(path, fields);
          const summary = /<div[^>]*class="error-summary".*?<\/ul>/s.exec(text)?.[0] ?? '';
          const named = [...summary.matchAll(/href="#([^"]+)"/g)].map(([, id = '']) => id);
          const places = named.map((id) => text.indexOf(` id="${id}"`));
          const inOrder = places.every((place, n) => place > (places[n - 1] ?? 0));
          if (!inOrder) astray.push(`${path}, where ${kind}: ${named}`);
          if (named.length > 1) beside.add(path);
        }
      }
    }
    expect(astray).toEqual([]);
    expect(beside.size).toBeGreaterThan(3);
  });
});

describe('the log-in form', () => {
  it('takes any of it for a name that nobody has', async () => {
    for (const [kind, fields] of Object.entries(hostileForms)) {
      const all: [string, string][] = [...new URLSearchParams(fields), ['password', 'x']];
      const answer = await createVisitor(world.url).post('/login', all);
      expect([400, 401], kind).toContain(answer.status);
      expect(answer.cookies, kind).toEqual([]);
      countRepelled();
    }
  });
});

describe('a body that is no form', () => {
  const bodies: Record<string, { type: string; body: string | Buffer }> = {
    JSON: { type: 'application/json', body: '{"username":{"$gt":""}}' },
    text: { type: 'text/plain', body: 'username=alpha' },
    'of no kind': { type: '', body: 'username=alpha' },
    bytes: {
      type: 'application/x-www-form-urlencoded',
      body: Buffer.from(Array.from({ length: 512 }, (_, n) => n % 256)),
    },
    'broken percents': { type: 'application/x-www-form-urlencoded', body: 'username=%&password=%zz&x=%f' },
    'another character set': { type: 'application/x-www-form-urlencoded; charset=utf-16', body: 'u\u0000=x' },
    'parts without a boundary': { type: 'multipart/form-data', body: '--x\r\n\r\n' },
    'parts with an endless boundary': {
      type: `multipart/form-data; boundary=${'x'.repeat(4_000)}`,
      body: '--x',
    },
    'parts that never end': {
      type: 'multipart/form-data; boundary=x',
      body: '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nabc',
    },
    'a part with a huge header': {
      type: 'multipart/form-data; boundary=x',
      body: `--x\r\nContent-Disposition: form-data; name="${'n'.repeat(100_000)}"\r\n\r\nabc\r\n--x--`,
    },
    'a part with no header': { type: 'multipart/form-data; boundary=x', body: '--x\r\n\r\nabc\r\n--x--\r\n' },
    'many boundaries': { type: 'multipart/form-data; boundary=x', body: '--x\r\n'.repeat(50_000) },
    'a file in the place of a text': multipart({}, [
      { ...jpeg(new Uint8Array(10)), field: 'username' },
      { ...jpeg(new Uint8Array(10)), field: 'body' },
    ]),
  };

  it.each(Object.keys(bodies))('is refused or taken by every page, and breaks none: %s', async (kind) => {
    const { type, body } = bodies[kind] ?? { type: '', body: '' };
    for (const path of forms) {
      const headers = { origin: world.url, ...(type && { 'content-type': type }) };
      const started = performance.now();
      const answer = await alpha.ask(path, { method: 'POST', headers, body });
      expect(answer.status, `${path}: ${answer.text.slice(0, 200)}`).toBeLessThan(500);
      // Seconds are what a page takes on a busy machine; a body that is read over and over takes minutes.
      expect(performance.now() - started, path).toBeLessThan(20_000);
      countRepelled();
    }
  });
});

describe('a form of somebody else who was logged in here before', () => {
  it('gives the words back, and nothing is done in the name of who is logged in now', async () => {
    const { letterId = '', author = '' } = inputsOf((await alpha.get('/write')).text);
    expect(author).toBe('alpha');
    const shared = createVisitor(world.url);
    await enter(world, shared, 'delta');
    const words = { author, letterId, version: '0', to: 'beta', title: 'Mine', body: 'Words of alpha.' };
    for (const intent of ['save', 'send']) {
      const answer = await shared.upload('/write', { ...words, intent }, []);
      expect(answer.status).toBe(401);
      expect(answer.text).toContain('Words of alpha.');
      expect(inputsOf(answer.text).author).toBe('alpha');
    }
    expect((await shared.upload('/write/autosave', words, [])).text).toContain('Someone else has logged in');
    expect((await shared.get('/drafts')).text).not.toContain('Mine');
    countRepelled(3);
  });
});

describe('too much at once', () => {
  it('is refused: ten thousand fields', async () => {
    const many = Array.from({ length: 10_000 }, (_, n): [string, string] => [`f${n}`, 'x']);
    for (const path of ['/login', '/join', '/feedback', '/write']) {
      for (const send of ['post', 'upload'] as const) {
        const answer = send === 'post' ? await alpha.post(path, many) : await alpha.upload(path, many, []);
        expect([302, 400], `${send} ${path}`).toContain(answer.status);
        countRepelled();
      }
    }
  });

  it('is refused: ten megabytes of text in a small form, and the server goes on', async () => {
    const message = 'x'.repeat(10_000_000);
    const answer = await alpha.post('/feedback', { subject: 'A long story', message });
    expect(answer.status).toBe(400);
    expect(answer.text.length).toBeLessThan(200_000);
    expect((await alpha.post('/login', { username: message, password: 'x' })).status).toBeLessThan(500);
    expect(await world.container.db.orm.feedback.where({ subject: 'A long story' }).all()).toEqual([]);
    countRepelled(2);
  });

  it('is refused with the words kept: seventy megabytes of photos', async () => {
    const { letterId = '' } = inputsOf((await alpha.get('/write?to=beta')).text);
    const fields = {
      letterId,
      version: '0',
      to: 'beta',
      title: 'Kept',
      body: 'These words stay.',
      intent: 'send',
    };
    const photos = Array.from({ length: 4 }, () => jpeg(new Uint8Array(17_500_000)));
    const answer = await alpha.upload('/write', fields, photos);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('These words stay.');
    expect((await alpha.get('/sent')).text).not.toContain('Kept');
    countRepelled();
  });

  it('is refused: procedures with more than they take', async () => {
    const headers = { 'content-type': 'application/json', origin: world.url };
    for (const [name, bytes] of [
      ['accounts.logIn', 3_000_000],
      ['accounts.logIn,drafts.save', 3_000_000],
      ['photos.upload', 31_000_000],
    ] as const) {
      const answer = await alpha.ask(`/api/trpc/${name}`, {
        method: 'POST',
        headers,
        body: `"${'x'.repeat(bytes)}"`,
      });
      expect(answer.status, name).toBe(413);
      countRepelled();
    }
  });
});
