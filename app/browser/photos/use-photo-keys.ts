import { useNavigate } from '@remix-run/react';
import { useEffect } from 'react';

interface PhotoWays {
  ArrowLeft: string | undefined;
  ArrowRight: string | undefined;
  Escape: string;
}

/**
 * Lets the user move between photos with the arrow keys, and go back with Escape. Links on the page
 * do the same.
 */
export function usePhotoKeys({ ArrowLeft, ArrowRight, Escape }: PhotoWays): void {
  const navigate = useNavigate();
  useEffect(() => {
    const ways: Record<string, string | undefined> = { ArrowLeft, ArrowRight, Escape };
    const onKey = (event: KeyboardEvent) => {
      const to = ways[event.key];
      // Arrow keys scroll a focused panorama. With a modifier they belong to the browser: Alt and
      // an arrow go back.
      if (!to || (event.target instanceof Element && event.target.closest('.photo-pan'))) return;
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      navigate(to);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [ArrowLeft, ArrowRight, Escape, navigate]);
}
