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
