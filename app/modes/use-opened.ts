import { useParams } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { SealedData } from './open-sealed.ts';

/**
 * Opens what came sealed with the first page of a visit; on later pages the router has already done so. (If it did so
 * on the first page, it would scroll to the top when it had finished.)
 *
 * @param open a stable function; also given the `id` in the address of the page, if there is one
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
