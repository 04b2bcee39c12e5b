import { useNavigate } from '@remix-run/react';
import { useEffect } from 'react';

/** Where the keys lead while one photo is looked at; undefined: nowhere. */
interface PhotoWays {
  ArrowLeft: string | undefined;
  ArrowRight: string | undefined;
  Escape: string;
}

/** From photo to photo with the arrow keys, and back with Escape. The links on the page do the same. */
export function usePhotoKeys({ ArrowLeft, ArrowRight, Escape }: PhotoWays): void {
  const navigate = useNavigate();
  useEffect(() => {
    const ways: Record<string, string | undefined> = { ArrowLeft, ArrowRight, Escape };
    const onKey = (event: KeyboardEvent) => {
      const to = ways[event.key];
      // A panorama that has the focus is scrolled. With another key held it is the browser's: Alt and an arrow go back.
      if (!to || (event.target instanceof Element && event.target.closest('.photo-pan'))) return;
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      navigate(to);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [ArrowLeft, ArrowRight, Escape, navigate]);
}
