import { createContext, useContext } from 'react';
import type { News } from '#core/news.ts';
import { useRootData } from '../root-data.ts';

const NewsContext = createContext<News | null>(null);
export const NewsProvider = NewsContext.Provider;

/** Returns what waits for the user by now; null for visitors. */
export function useNews(): News | null {
  const loaded = useRootData()?.news ?? null;
  return useContext(NewsContext) ?? loaded;
}

/** Tells screen readers of a letter that arrives while the page is open. */
export function Arrival({ news }: { news: News | null }) {
  return (
    <p className="visually-hidden" role="status">
      {news?.arrivedFrom
        ? `A letter from ${news.arrivedFrom} has arrived. ${news.letters === 1 ? '1 letter is' : `${news.letters} letters are`} waiting.`
        : null}
    </p>
  );
}
