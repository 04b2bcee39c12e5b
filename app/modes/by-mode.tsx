import type { ReactNode } from 'react';
import { useRootData } from '../root-data.ts';

/** Chooses what is different by nature: where the server holds the keys, and where this browser alone does. */
export function ByMode({
  assisted,
  sealed,
}: {
  assisted: ReactNode;
  /** @param username whose keys they are */
  sealed: (username: string) => ReactNode;
}) {
  const username = useRootData()?.keysOf ?? null;
  return username === null ? assisted : sealed(username);
}
