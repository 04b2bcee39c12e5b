import { useLocation } from '@remix-run/react';
import { useEffect, useRef } from 'react';

/**
 * Focuses the heading of a new page, or the notice above it, so that a screen reader announces it
 * and Tab continues from there. Pages that the browser loads itself don't need this.
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
    // A field or an error message has already taken the focus.
    if (main?.contains(active) && !active?.matches('a, button, main')) return;
    const target = main?.querySelector<HTMLElement>('h1, .notice');
    if (!target) return;
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }, [address]);
}
