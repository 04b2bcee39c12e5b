import type { ReactNode } from 'react';
import { useSealedUsername } from './use-sealed-username.ts';

/** Chooses what is different by nature: where the server holds the keys, and where this browser alone does. */
export function ByMode({
  assisted,
  sealed,
}: {
  assisted: ReactNode;
  /** @param username whose keys they are */
  sealed: (username: string) => ReactNode;
}) {
  const username = useSealedUsername();
  return username === null ? assisted : sealed(username);
}
