import { useCallback, useEffect, useRef, useState } from 'react';
import { claimHistory } from '#app/browser/claim-history.ts';

/** The photo that is open over a letter, kept in the address: Back closes it, reload shows its page. */
export interface PhotoAddress {
  /** Counts from 0; null while none is open. */
  shown: number | null;
  /** Adds an entry to the history. */
  open(n: number): void;
  /** Replaces that entry. */
  move(n: number): void;
  /** Goes back to the letter's entry. */
  close(): void;
}

const viewOf = (letterId: string, n: number) => `/letters/${letterId}/photos/${n}/view`;

/**
 * Keeps the open photo in the address bar without the router: to it, the page stays the letter, so
 * nothing is loaded again and nothing scrolls.
 */
export function usePhotoAddress(letterId: string): PhotoAddress {
  const [shown, setShown] = useState<number | null>(null);
  const isShown = useRef(false);
  isShown.current = shown !== null;

  useEffect(() => {
    const letter = `/letters/${letterId}`;
    return claimHistory(({ state }) => {
      const { pathname } = location;
      const n =
        state?.viewer && pathname.startsWith(`${letter}/photos/`) ? Number(pathname.split('/')[4]) : null;
      setShown(n);
      // The router would load the letter again, and scroll.
      return n !== null || (isShown.current && pathname === letter);
    });
  }, [letterId]);

  const open = useCallback(
    (n: number) => {
      const { idx = 0, ...state } = history.state ?? {};
      // The router counts entries by `idx`.
      history.pushState({ ...state, idx: idx + 1, key: `photo-${n}`, viewer: true }, '', viewOf(letterId, n));
      setShown(n);
    },
    [letterId],
  );
  const move = useCallback(
    (n: number) => history.replaceState(history.state, '', viewOf(letterId, n)),
    [letterId],
  );
  const close = useCallback(() => {
    if (isShown.current) history.back();
  }, []);
  return { shown, open, move, close };
}
