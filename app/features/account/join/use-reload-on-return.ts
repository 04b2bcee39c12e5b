import { useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';

/** Loads the page's data again when its user comes back to it, perhaps from their mail. */
export function useReloadOnReturn(): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const onReturn = () => {
      if (document.visibilityState === 'visible') revalidate();
    };
    document.addEventListener('visibilitychange', onReturn);
    return () => document.removeEventListener('visibilitychange', onReturn);
  }, [revalidate]);
}
