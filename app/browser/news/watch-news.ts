import { MINUTE, SECOND } from '#core/durations.ts';
import type { News } from '#core/news.ts';

/** Milliseconds between two questions: right after news or a visit, and when nothing happens. */
export const soonest = 15 * SECOND;
export const calmest = MINUTE;
/** At most, while the server can't be reached. */
export const longest = 5 * MINUTE;
/** Nobody needs an answer newer than this. */
const fresh = 5 * SECOND;

interface Watch {
  /** The user the page is for: another one's news isn't shown on it. */
  username: string;
  /** The tag of what the page shows. */
  known(): string;
  hear(news: News): void;
  /** The session is over. Nothing is asked any more. */
  end(): void;
  left: AbortSignal;
}

/**
 * Asks the server whether there is news, again and again, as long as the page is visible and online.
 * Asks at once when it becomes so.
 */
export function watchNews({ username, known, hear, end, left }: Watch): void {
  let wait = soonest;
  let askedAt = Date.now();
  let isAsking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new AbortController();
  const { signal } = over;
  const isSeen = () => document.visibilityState === 'visible' && navigator.onLine && !signal.aborted;

  const plan = () => {
    clearTimeout(timer);
    // Not all pages of an installation at the same moment.
    if (isSeen()) timer = setTimeout(ask, wait * (0.9 + Math.random() / 5));
  };
  const ask = async () => {
    if (isAsking || !isSeen()) return;
    isAsking = true;
    askedAt = Date.now();
    try {
      wait = await answered();
    } catch {
      wait = Math.min(wait * 2, longest);
    }
    isAsking = false;
    plan();
  };
  const answered = async (): Promise<number> => {
    const headers = { 'if-none-match': `"${known()}"`, 'x-page-of': username };
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(20 * SECOND)]);
    const answer = await fetch('/api/news', { headers, cache: 'no-store', signal: inTime });
    if (answer.status === 304) return Math.min(wait * 1.1, Math.max(wait, calmest));
    if (answer.status === 401) {
      stop();
      end();
    }
    if (!answer.ok) return Math.min(wait * 2, longest);
    const news: News = await answer.json();
    if (!signal.aborted) hear(news);
    return soonest;
  };
  const wake = () => {
    wait = soonest;
    if (isSeen() && Date.now() - askedAt > fresh) void ask();
    else plan();
  };

  const stop = () => {
    clearTimeout(timer);
    over.abort();
  };
  left.addEventListener('abort', stop, { once: true });
  document.addEventListener('visibilitychange', wake, { signal });
  for (const event of ['online', 'offline', 'focus', 'pageshow'])
    globalThis.addEventListener(event, wake, { signal });
  plan();
}
