import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { type AppProcess, startApp } from '#tests/support/app-process.ts';
import { countRepelled, countServer } from '#tests/support/count-attacks.ts';
import { createVisitor, jpeg, type Visitor } from '#tests/support/http-client.ts';
import { callWithJson } from '#tests/support/http-procedures.ts';
import { buildPages } from '#tests/support/installation-http.ts';
import { befriendByForms, enter, type Mailbox } from '#tests/support/journey-visitors.ts';
import * as hostile from '#tests/support/make-hostile-photos.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { createSlowClient, type SlowClient, slownesses } from '#tests/support/slow-clients.ts';
import { hostileJson } from './hostile-values.ts';

/** A server as an operator starts it, in a process of its own, and everything at once. */

const MEMORY = 512 * 1024 ** 2;
/** Longer than anybody else waits for a page meanwhile, ms. */
const patience = 8_000;

let app: AppProcess;
let attackers: Visitor[];
/** Somebody at another address, who only wants to read. */
let reader: Visitor;
const slow: { kind: string; clients: SlowClient[] }[] = [];

beforeAll(async () => {
  await buildPages();
  app = await startApp();
  const names = ['alpha', 'beta', 'gamma', 'delta'];
  const people = names.map((_, n) => createVisitor(app.url, { from: `127.0.1.${n + 1}` }));
  const [alpha, beta, gamma, delta] = people;
  if (!alpha || !beta || !gamma || !delta) throw new Error('nobody there');
  const mailbox = mailboxOf(app);
  for (const [n, person] of people.entries()) await enter(mailbox, person, names[n] ?? '');
  for (const [n, person] of [alpha, beta, gamma].entries())
    await befriendByForms(person, delta, names[n] ?? '');
  attackers = [alpha, beta, gamma];
  reader = delta;
});
afterAll(async () => {
  for (const { clients } of slow) for (const client of clients) client.end();
  await app?.dispose();
});

/** The mails of the process: settled once there is one more link to confirm an address. */
function mailboxOf({ mails }: AppProcess): Mailbox {
  const links = async () => (await mails()).filter(({ text }) => text.includes('/verify/')).length;
  let expected = 0;
  return {
    mails,
    async settle() {
      expected += 1;
      for (let tries = 0; (await links()) < expected && tries < 800; tries += 1) await wait(25);
    },
  };
}

/** What the kernel says the process held at most since it began, bytes. */
async function peakMemory(): Promise<number> {
  const status = await readFile(`/proc/${app.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}
async function printPeak(after: string): Promise<void> {
  console.info(
    `memory of the process after ${after}: ${Math.round((await peakMemory()) / 1024 ** 2)} MB at most`,
  );
}

/** Attacks while somebody else reads; whoever reads gets every page, and soon. */
async function whileReading(attack: () => Promise<void>): Promise<void> {
  let over = false;
  const waits: number[] = [];
  const read = async () => {
    while (!over) {
      const started = performance.now();
      expect((await reader.get('/inbox')).status).toBe(200);
      waits.push(performance.now() - started);
      await wait(200);
    }
  };
  await Promise.all([
    read(),
    attack().finally(() => {
      over = true;
    }),
  ]);
  expect(Math.max(...waits)).toBeLessThan(patience);
}

const upload = (visitor: Visitor, files: Uint8Array[], version = '0') =>
  visitor.upload(
    '/write',
    { letterId: newId(), version, to: 'delta', title: 'A picture', body: 'Look.', intent: 'save' },
    files.map((bytes, n) => jpeg(bytes, `${n}.jpg`)),
  );

/** All of it by every attacker at once, each taking the next as soon as the last is answered. */
async function flood<T, A>(cases: T[], attack: (visitor: Visitor, one: T) => Promise<A>): Promise<A[]> {
  const answers = await Promise.all(
    attackers.map(async (visitor) => {
      const own: A[] = [];
      for (const one of cases) own.push(await attack(visitor, one));
      return own;
    }),
  );
  return answers.flat();
}

describe('slow clients', () => {
  it('take no place of others: six hundred of them, of three addresses', async () => {
    for (const [n, [kind, words]] of Object.entries(slownesses).entries()) {
      const from = `127.0.2.${n + 1}`;
      slow.push({ kind, clients: Array.from({ length: 200 }, () => createSlowClient(app.url, words, from)) });
    }
    await whileReading(() => wait(3_000));
  });

  it('take no place of others: too many of one address are not let in', async () => {
    const clients = Array.from({ length: 300 }, () =>
      createSlowClient(app.url, slownesses.headers, '127.0.2.9'),
    );
    await whileReading(() => wait(2_000));
    expect(clients.filter((client) => client.lasted() !== null)).toHaveLength(50);
    countRepelled(50);
    for (const client of clients) client.end();
  });
});

describe('hostile pictures, by three at once', () => {
  it('are refused or shown as pictures, and nobody waits for them', async () => {
    const pictures = [
      hostile.pixelBombPng(),
      hostile.overfullPng(),
      hostile.pixelBombGif(),
      await hostile.pixelBombAvif(),
      await hostile.truncatedJpeg(),
      await hostile.corruptJpeg(),
      await hostile.animated('gif', 200),
      await hostile.animated('webp', 200),
      hostile.htmlFile(),
      hostile.svgFile(),
      hostile.pdfFile(),
      hostile.scriptGif(),
      await hostile.htmlInJpeg(),
      await hostile.jpegWithTrailer(),
      hostile.heicFile(),
      hostile.filmFile(),
      await hostile.hugeExif(),
      await hostile.cmykJpeg(),
      await hostile.sixteenBitPng(),
    ];
    await whileReading(async () => {
      const answers = await flood(pictures, (visitor, picture) => upload(visitor, [picture]));
      for (const { status, text } of answers) expect([302, 400], text.slice(0, 300)).toContain(status);
      countRepelled(answers.length);
    });
    await printPeak('hostile pictures');
  });

  it('take no more memory than there is: the dearest of all that are decoded, and what is dearer', async () => {
    const dear = await hostile.heavyPng(2_600, 2_600);
    const tooDear = await hostile.heavyPng(2_700, 2_700);
    await whileReading(async () => {
      const answers = await flood([dear, tooDear], (visitor, one) => upload(visitor, [one, one]));
      const statuses = answers.map(({ status }) => status);
      expect(statuses).toEqual([302, 400, 302, 400, 302, 400]);
      countRepelled(answers.length);
    });
    await printPeak('the dearest pictures');
  });
});

describe('too much at once, by three at once', () => {
  it('is refused: ten thousand fields', async () => {
    const many = Array.from({ length: 10_000 }, (_, n): [string, string] => [`f${n}`, 'x'.repeat(50)]);
    await whileReading(async () => {
      const answers = await flood(['/write', '/feedback', '/friends', '/login'], (visitor, path) =>
        visitor.post(path, many),
      );
      for (const { status } of answers) expect([302, 400, 401, 429]).toContain(status);
      countRepelled(answers.length);
    });
  });

  it('is refused: letters of sixty megabytes', async () => {
    const letter = await largeLetter();
    await whileReading(async () => {
      const answers = await flood([1, 2], (visitor) =>
        Promise.all([upload(visitor, letter), upload(visitor, letter)]),
      );
      for (const { status } of answers.flat()) expect([302, 400, 503]).toContain(status);
      countRepelled(answers.flat().length);
    });
    await printPeak('large letters');
  });

  it('is refused: the largest calls', async () => {
    const body = `"${'x'.repeat(13_000_000)}"`;
    await whileReading(async () => {
      const statuses = await flood(
        ['drafts.save', 'photos.uploadSealed', 'accounts.logIn'],
        (visitor, name) =>
          // Who is told of the refusal before all was sent may find the connection closed.
          callWithJson(visitor, { name, type: 'mutation' }, body).catch(() => ({ status: 413 })),
      );
      for (const { status } of statuses) expect([400, 413, 415]).toContain(status);
      countRepelled(statuses.length);
    });
    await printPeak('large calls');
  });

  it('is refused: what is small to send and dear to read', async () => {
    const cases = Object.values(hostileJson).filter((json) => json.length > 0);
    await whileReading(async () => {
      for (const name of ['accounts.logIn', 'drafts.save', 'friends.request']) {
        const answers = await flood(cases, (visitor, json) =>
          callWithJson(visitor, { name, type: 'mutation' }, json),
        );
        for (const { status } of answers) expect([400, 401, 413, 429]).toContain(status);
        countRepelled(answers.length);
      }
    });
    await printPeak('dear calls');
  });

  it('is refused: passwords to derive', async () => {
    await whileReading(deriveMany);
    await printPeak('passwords');
  });

  it('is refused: all of it at the same moment', async () => {
    const dear = await hostile.heavyPng(2_600, 2_600);
    const [one, two, three] = attackers;
    if (!one || !two || !three) throw new Error('nobody there');
    const call = `"${'x'.repeat(13_000_000)}"`;
    await whileReading(async () => {
      const answers = await Promise.all([
        upload(one, [dear, dear]),
        upload(two, await largeLetter()),
        callWithJson(three, { name: 'drafts.save', type: 'mutation' }, call),
        deriveMany(),
      ]);
      for (const answer of answers) expect([302, 400, 503, undefined]).toContain(answer?.status);
      countRepelled(3);
    });
    await printPeak('all of it at once');
  });
});

/** Log-ins of many names from many places. */
async function deriveMany(): Promise<void> {
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      createVisitor(app.url, { from: `127.0.4.${n + 1}` }).post('/login', {
        username: `nobody${n}`,
        password: 'x',
      }),
    ),
  );
  for (const { status } of answers) expect([401, 429, 503]).toContain(status);
  countRepelled(answers.length);
}

/** Three photos as large as they may be, of which most is nothing. */
async function largeLetter(): Promise<Uint8Array[]> {
  const large = new Uint8Array(20_000_000);
  large.set(await makePhoto(7, { width: 640, height: 480 }));
  return [large, large, large];
}

describe('after all of it', () => {
  it('every slow client was cut off', async () => {
    const open = () => slow.flatMap(({ clients }) => clients).filter((client) => client.lasted() === null);
    for (let tries = 0; open().length > 0 && tries < 120; tries += 1) await wait(500);
    for (const { kind, clients } of slow) {
      const longest = Math.max(...clients.map((client) => client.lasted() ?? Number.POSITIVE_INFINITY));
      console.info(`slow ${kind}: cut off after ${Math.round(longest / 1000)} s at most`);
      expect(longest, kind).toBeLessThan(60_000);
      countRepelled(clients.length);
    }
  });

  it('the process is the same, was never larger than 512 MB, and a letter arrives', async () => {
    await printPeak('all of it');
    expect(await peakMemory()).toBeLessThan(MEMORY);
    expect(app.events('listening')).toHaveLength(1);
    expect(app.events().filter(({ level }) => level === 'error')).toEqual([]);
    const sent = newId();
    const letter = { letterId: sent, version: '0', to: 'delta', title: 'Still here', body: 'Unharmed.' };
    const answer = await attackers[0]?.upload('/write', { ...letter, intent: 'send' }, []);
    expect(answer?.location).toBe(`/letters/${sent}?done=sent`);
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await reader.get('/inbox')).text.includes(sent)) break;
      await wait(100);
    }
    expect((await reader.get(`/letters/${sent}`)).text).toContain('Unharmed.');
    await countServer(app.url);
  });
});
