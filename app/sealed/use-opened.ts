import { useParams } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { SealedData } from './open-sealed.ts';

/**
 * Opens what the first page of a visit brought along sealed; on the pages after it the router has done that already. (Not
 * by the router on the first page, too, because it would scroll to the top once it is done.)
 *
 * @param open a function that stays the same; told which one (`id`) the address of the page names, if it names any
 */
export function useOpened<Shown extends { sealed: SealedData | null }>(
  loaded: Shown,
  open: (loaded: Shown, id?: string) => Promise<Shown>,
): Shown {
  const { id } = useParams();
  const [opened, setOpened] = useState<{ from: Shown; shown: Shown } | null>(null);
  useEffect(() => {
    if (!loaded.sealed) return;
    let left = false;
    open(loaded, id).then(
      (shown) => {
        if (!left) setOpened({ from: loaded, shown });
      },
      (error) =>
        // For the error page around.
        setOpened(() => {
          throw error;
        }),
    );
    return () => {
      left = true;
    };
  }, [loaded, open, id]);
  return opened?.from === loaded ? opened.shown : loaded;
}
