import { useLocation } from '@remix-run/react';
import { useIsHydrated } from './use-is-hydrated.ts';

/**
 * Offers a way out when the page's script is blocked or late. Visible only in browsers that run
 * scripts (app/ui/styles/sealed.css).
 *
 * @param otherwise what to do if reloading doesn't help
 */
export function ScriptLate({ otherwise }: { otherwise: string }) {
  const { pathname, search } = useLocation();
  if (useIsHydrated()) return null;
  return (
    <div className="script-late">
      <p className="notice">
        This page hasn’t finished loading. Nothing has been sent.{' '}
        <a href={pathname + search}>Reload the page</a>. If that doesn’t help, {otherwise}
      </p>
    </div>
  );
}
