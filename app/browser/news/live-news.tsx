import { useLocation, useRevalidator } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import type { News } from '#core/news.ts';
import { limits } from '#core/schemas/limits.ts';
import { watchNews } from './watch-news.ts';

interface LiveNewsProps {
  username: string;
  /** What the page shows. */
  news: News | null;
  hear(news: News): void;
}

/**
 * Keeps what waits for the user current while the page is open: in the window's title, as in "(2)
 * Inbox", and for screen readers. Loaded after the page.
 */
export default function LiveNews({ username, news, hear }: LiveNewsProps) {
  const [arrived, setArrived] = useState<News | null>(null);
  const { revalidate } = useRevalidator();
  const latest = useRef({ news, hear, revalidate });
  useEffect(() => {
    latest.current = { news, hear, revalidate };
  });
  // Who writes is left in peace.
  const isWatching = useLocation().pathname !== '/write';
  useEffect(() => {
    if (!isWatching) return;
    const left = new AbortController();
    watchNews({
      username,
      known: () => latest.current.news?.tag ?? '',
      hear: (heard) => {
        latest.current.hear(heard);
        setArrived(heard);
      },
      // The loaders know the way out: to the login page, or to the page as visitors see it.
      end: () => latest.current.revalidate(),
      left: left.signal,
    });
    return () => left.abort();
  }, [isWatching, username]);
  useTitleCount(news?.letters ?? 0);
  return (
    <p className="visually-hidden" role="status">
      {arrived?.arrivedFrom
        ? `A letter from ${arrived.arrivedFrom} has arrived. ${arrived.letters === 1 ? '1 letter is' : `${arrived.letters} letters are`} waiting.`
        : null}
    </p>
  );
}

function useTitleCount(letters: number): void {
  // After each navigation: it writes a new title.
  useEffect(() => {
    const plain = document.title.replace(/^\(\d+\+?\) /, '');
    const shown = letters > limits.newLettersShown ? `${limits.newLettersShown}+` : letters;
    const title = letters > 0 ? `(${shown}) ${plain}` : plain;
    if (document.title !== title) document.title = title;
  });
}
