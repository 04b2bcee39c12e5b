import { useLocation, useRevalidator } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import type { News } from '#core/news.ts';

/**
 * Keeps what waits for the user current while the page is open.
 *
 * @param loaded what the page was loaded with; newer than what was heard before
 * @param username null for visitors
 */
export function useLiveNews(loaded: News | null, username: string | null) {
  const [heard, setHeard] = useState<{ since: News | null; news: News } | null>(null);
  const news = heard?.since === loaded ? heard.news : loaded;
  const { revalidate } = useRevalidator();
  const latest = useRef({ loaded, news, revalidate });
  useEffect(() => {
    latest.current = { loaded, news, revalidate };
  });
  // Who writes is left in peace.
  const isWatching = useLocation().pathname !== '/write' && username !== null;
  useEffect(() => {
    if (!isWatching) return;
    const left = new AbortController();
    const watch = import('./watch-news.ts').then(({ watchNews }) =>
      watchNews({
        username,
        known: () => latest.current.news?.tag ?? '',
        hear: (news) => setHeard({ since: latest.current.loaded, news }),
        // The loaders know the way out: to the login page, or to the page as visitors see it.
        end: () => latest.current.revalidate(),
        left: left.signal,
      }),
    );
    // A page whose scripts can't be loaded is complete without it.
    watch.catch(() => undefined);
    return () => left.abort();
  }, [isWatching, username]);
  return { news, arrival: heard?.news ?? null };
}
