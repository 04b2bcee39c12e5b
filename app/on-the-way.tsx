import { useNavigation } from '@remix-run/react';
import { useEffect, useState } from 'react';

/** Milliseconds after which a page that is fetched is said to be on its way; most are there before. */
const patience = 400;

/** Says that a page is being fetched, when the network takes its time: a link that was pressed shows nothing by itself. */
export function OnTheWay() {
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
    <p className="on-the-way" aria-live="polite">
      {isLong ? 'On its way…' : null}
    </p>
  );
}
