import type { ReactNode } from 'react';
import { useSealedUsername } from './use-sealed-username.ts';

export function ByMode({
  assisted,
  sealed,
}: {
  assisted: ReactNode;
  /** @param username the owner of the keys */
  sealed: (username: string) => ReactNode;
}) {
  const username = useSealedUsername();
  return username === null ? assisted : sealed(username);
}
