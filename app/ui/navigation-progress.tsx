import { useNavigation } from '@remix-run/react';
import { useEffect, useState } from 'react';

/** Milliseconds before a page that is being fetched is announced; most have arrived by then. */
const patience = 400;

/** Announces that a page is being fetched when the network is slow: a link gives no sign of having been pressed. */
export function NavigationProgress() {
  const isLoading = useNavigation().state === 'loading';
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!isLoading) return;
    const timer = setTimeout(() => setIsLong(true), patience);
    return () => {
      clearTimeout(timer);
      setIsLong(false);
    };
  }, [isLoading]);
  return (
    <p className="navigation-progress" aria-live="polite">
      {isLong ? 'Loading…' : null}
    </p>
  );
}
