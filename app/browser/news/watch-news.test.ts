import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { calmest, longest, soonest, watchNews } from './watch-news.ts';

const news = { letters: 1, requests: 0, acceptances: 0, tag: '1-0-0-b', arrivedFrom: 'alpha' };
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
const here = new EventTarget();
const network = { onLine: true };
const heard: unknown[] = [];
let ended: number;
let leaving: AbortController;
let answer: () => Promise<Response>;
const asking = vi.fn((_path: string, _init?: RequestInit) => answer());

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', network);
  vi.stubGlobal('fetch', asking);
  vi.stubGlobal('addEventListener', here.addEventListener.bind(here));
  Object.assign(page, { visibilityState: 'visible' });
  network.onLine = true;
  asking.mockClear();
  heard.length = 0;
  ended = 0;
  leaving = new AbortController();
  answer = async () => new Response(null, { status: 304 });
  watchNews({
    username: 'beta',
    known: () => '0-0-0-a',
    hear: (told) => heard.push(told),
    end: () => {
      ended += 1;
    },
    left: leaving.signal,
  });
});
afterEach(() => {
  leaving.abort();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const asked = () => asking.mock.calls.length;

describe('a page that watches for news', () => {
  it('asks with what it knows and whose it is, and hears what is new', async () => {
    answer = async () => Response.json(news);
    await pass(soonest - 1);
    expect(asked()).toBe(0);
    await pass(1);
    const headers = { 'if-none-match': '"0-0-0-a"', 'x-page-of': 'beta' };
    expect(asking).toHaveBeenCalledWith('/api/news', expect.objectContaining({ headers, cache: 'no-store' }));
    expect(heard).toEqual([news]);
    await pass(soonest);
    expect(asked()).toBe(2);
  });

  it('asks less and less often while nothing happens, and soon again when it is looked at', async () => {
    await pass(20 * calmest);
    const before = asked();
    await pass(10 * calmest);
    expect(asked() - before).toBe(10);
    await pass(calmest / 2);
    const idle = asked();
    here.dispatchEvent(new Event('focus'));
    here.dispatchEvent(new Event('focus'));
    await pass(0);
    expect(asked()).toBe(idle + 1);
    await pass(soonest * 1.1);
    expect(asked()).toBe(idle + 2);
  });

  it('asks nothing while it is hidden or offline', async () => {
    Object.assign(page, { visibilityState: 'hidden' });
    page.dispatchEvent(new Event('visibilitychange'));
    await pass(10 * calmest);
    expect(asked()).toBe(0);
    Object.assign(page, { visibilityState: 'visible' });
    page.dispatchEvent(new Event('visibilitychange'));
    await pass(0);
    expect(asked()).toBe(1);
    network.onLine = false;
    here.dispatchEvent(new Event('offline'));
    await pass(10 * calmest);
    expect(asked()).toBe(1);
  });

  it.each([
    ['the network is away', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['it asks too much', async () => new Response(null, { status: 429 })],
    ['the server is broken', async () => new Response(null, { status: 500 })],
  ])('waits longer and longer while %s', async (_, failing) => {
    answer = failing;
    await pass(longest);
    expect(asked()).toBe(4);
    await pass(4 * longest);
    expect(asked()).toBe(8);
    expect(ended).toBe(0);
  });

  it('stops when the session is over, and when the page is left', async () => {
    answer = async () => new Response(null, { status: 401 });
    await pass(10 * calmest);
    here.dispatchEvent(new Event('focus'));
    await pass(10 * calmest);
    expect([asked(), ended]).toEqual([1, 1]);
  });

  it('tells nothing to a page that was left meanwhile', async () => {
    let give = (_: Response) => {};
    answer = () =>
      new Promise((resolve) => {
        give = resolve;
      });
    await pass(soonest);
    leaving.abort();
    give(Response.json(news));
    await pass(10 * calmest);
    expect([asked(), heard]).toEqual([1, []]);
  });
});
