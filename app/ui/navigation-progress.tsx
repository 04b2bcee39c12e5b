import { useNavigation } from '@remix-run/react';
import { useEffect, useState } from 'react';

/** Milliseconds before a loading page is announced; most arrive sooner. */
const delay = 400;

/** Announces a page that loads slowly: a clicked link gives no feedback of its own. */
export function NavigationProgress() {
  const isLoading = useNavigation().state === 'loading';
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!isLoading) return;
    const timer = setTimeout(() => setIsLong(true), delay);
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
