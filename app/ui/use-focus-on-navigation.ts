import { useLocation } from '@remix-run/react';
import { useEffect, useRef } from 'react';

/**
 * After moving to another page, focuses its heading, or the notice above it, so that a screen reader says where one
 * is and the Tab key continues from there. A page that the browser loads by itself does not need this.
 */
export function useFocusOnNavigation(): void {
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
