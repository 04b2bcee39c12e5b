import { useLocation } from '@remix-run/react';
import { useEffect, useRef } from 'react';

/**
 * After a step to another page its heading has the focus, or the notice above it: a screen reader says where one is, and
 * the Tab key goes on from there. A page that the browser loads by itself needs none of it.
 */
export function useArrival(): void {
  const { pathname, search } = useLocation();
  const address = pathname + search;
  const last = useRef(address);
  useEffect(() => {
    if (last.current === address) return;
    last.current = address;
    const main = document.querySelector('main');
    const active = document.activeElement;
    // A field, or what is wrong with a form, has taken it already.
    if (main?.contains(active) && !active?.matches('a, button, main')) return;
    const target = main?.querySelector<HTMLElement>('h1, .notice');
    if (!target) return;
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }, [address]);
}
