import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { startApp } from '#tests/support/app-process.ts';
import { openBrowser } from '#tests/support/browser.ts';
import { createCanarySearch, type Finding, type Mark } from '#tests/support/canary-search.ts';
import { heapHeader } from '#tests/support/heap-on-answer.ts';
import { type Event, liveMarkedLife } from '#tests/support/marked-life.ts';
import { heapOnAnswer, memoryOf } from '#tests/support/process-memory.ts';
import { openRecordingProxy } from '#tests/support/recording-proxy.ts';

/*
 * Two people live through everything, with words that are found again wherever they get to. With JavaScript on, the server must
 * never have had any of them: not on the wire, not in its files, its log or its mails, not in its memory. With JavaScript off
 * the same search finds them wherever they then have to be: it can fail.
 */

/** Names of what was found; how it was written and where it stood behind each. */
type Leaks = Map<string, Set<string>>;

interface Evidence {
  /** What browsers sent. */
  asked: Leaks;
  /** What the server answered. */
  answered: Leaks;
  /** Files of the installation, among them the mailbox and temporary ones; the log and everything printed. */
  kept: Leaks;
  /** The server's heap at the moment it began to answer what brings an event about. */
  heaps: Leaks;
  /** Everything in its memory, what was freed included, in the middle and at the end. */
  memory: Leaks;
  requests: number;
  memoryBytes: number;
  /** The events whose heap was written down. */
  snapshots: Event[];
}

/** Where it is looked for, and what that is. */
const places = {
  asked: 'what browsers send',
  answered: 'what they are answered',
  kept: 'a file, a mail or the log',
  heaps: 'the heap of the server while it answers',
  memory: 'any of its memory',
};
type Place = keyof typeof places;
const everyEvent = ['join', 'log-in', 'draft', 'write', 'read', 'reply', 'password change', 'reset'];
const minutes = 60_000;

async function gather(javaScript: boolean): Promise<Evidence> {
  const folder = await mkdtemp(join(tmpdir(), 'bff-proof-'));
  const [heapFolder, temporary] = [join(folder, 'heaps'), join(folder, 'tmp')];
  await Promise.all([mkdir(heapFolder), mkdir(temporary)]);
  const proxy = await openRecordingProxy();
  const env = { APP_URL: proxy.url, TMPDIR: temporary, ...heapOnAnswer(heapFolder) };
  const app = await startApp({ env });
  proxy.passTo(app.url);
  const browser = await openBrowser();
  const evidence: Evidence = {
    ...{ asked: new Map(), answered: new Map(), kept: new Map(), heaps: new Map(), memory: new Map() },
    ...{ requests: 0, memoryBytes: 0, snapshots: [] },
  };
  const note = (place: Place, findings: Finding[], where: string) => {
    const leaks = evidence[place];
    for (const { mark, encoding } of findings)
      leaks.set(mark, (leaks.get(mark) ?? new Set()).add(`${encoding} in ${where}`));
  };
  const lookAtMemory = async (marks: Mark[], when: string) => {
    const search = createCanarySearch(marks, 0);
    for await (const part of memoryOf(app.pid)) {
      evidence.memoryBytes += part.length;
      note('memory', search(part), when);
    }
  };
  try {
    const marks = await liveMarkedLife({
      ...{ url: proxy.url, appUrl: app.url, browser, visit: { javaScript } },
      async onEvent(event, brings, soFar) {
        if (event === 'reply' || event === 'the end') await lookAtMemory(soFar, `memory before ${event}`);
        if (event === 'the end') return;
        evidence.snapshots.push(event);
        proxy.addHeader(heapHeader, event, brings);
      },
    });
    const search = createCanarySearch(marks);
    for (const exchange of proxy.exchanges) {
      const path = exchange.path.replace(/\?.*/, '').replaceAll(/[0-9a-f]{24}|[A-Za-z0-9_-]{43}/g, '…');
      const where = `${exchange.method} ${path}`;
      note('asked', search(exchange.asked), where);
      note('answered', search(exchange.answered), where);
    }
    note('kept', search(app.logs()), 'the log');
    for (const place of [app.dataDir, temporary])
      for (const entry of await readdir(place, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (entry.isFile()) note('kept', search(await readFile(path)), path.slice(place.length));
      }
    const searchHeap = createCanarySearch(marks, 0);
    for (const event of evidence.snapshots) {
      const snapshot = await readFile(join(heapFolder, `${event}.heapsnapshot`));
      // Before its strings it has the numbers of how they hang together.
      const strings = snapshot.lastIndexOf('"strings":[');
      if (strings < 0) throw new Error(`the heap at ${event} was not written to its end`);
      note('heaps', searchHeap(snapshot.subarray(strings)), event);
    }
    evidence.requests = proxy.exchanges.length;
    return evidence;
  } finally {
    await browser.close();
    await app.dispose();
    proxy.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One line a leak. */
const linesOf = (leaks: Leaks) =>
  [...leaks].map(([name, places]) => `${name}: ${[...places].join(', ')}`).sort();

/** Marks that were found in none of the places, out of some that have to be. */
const missing = (leaks: Leaks, ...names: string[]) => names.filter((name) => !leaks.has(name));

const written = ['title', 'body', 'caption', 'draft title', 'draft body'];
const answers = ['title of the answer', 'body of the answer'];

describe('with JavaScript on, where letters are opened in the browser', () => {
  let evidence: Evidence;
  beforeAll(async () => {
    evidence = await gather(true);
  }, 10 * minutes);

  test('everything was done, and looked at', () => {
    expect(evidence.snapshots).toEqual(everyEvent);
    expect(evidence.requests).toBeGreaterThan(100);
    expect(evidence.memoryBytes).toBeGreaterThan(process.platform === 'linux' ? 50_000_000 : 0);
  });

  test.each(Object.entries(places))('no password, word, letter or photo is in %s: %s', (place) => {
    expect(linesOf(evidence[place as Place])).toEqual([]);
  });
});

/** The same life with the feature turned off: the server has to see what it works on, and every place but its disk tells. */
describe('with JavaScript off, where the server opens letters while it answers', () => {
  let evidence: Evidence;
  beforeAll(async () => {
    evidence = await gather(false);
  }, 10 * minutes);

  test('the search finds what was typed on its way in', () => {
    const typed = [
      'password',
      'new password',
      'password after the reset',
      'recovery words',
      'photo as taken',
    ];
    expect(missing(evidence.asked, ...typed, ...written, ...answers, 'file name')).toEqual([]);
  });

  test('and what is shown on its way out', () => {
    const shown = ['recovery words', 'photo as read, small'];
    expect(missing(evidence.answered, ...shown, ...written, ...answers)).toEqual([]);
  });

  test('and both in the memory of the server', () => {
    expect(missing(evidence.heaps, 'title', 'body', 'caption')).toEqual([]);
    if (evidence.memoryBytes > 0) expect(missing(evidence.memory, 'title', 'body')).toEqual([]);
  });

  test('yet none of it is kept: no file, no mail, no line of the log', () => {
    expect(linesOf(evidence.kept)).toEqual([]);
  });
});
