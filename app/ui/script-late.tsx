import { useLocation } from '@remix-run/react';
import { useIsHydrated } from './use-is-hydrated.ts';

/**
 * Shown in place of what only the script can do, once the script is late, and only in browsers that run scripts at
 * all (app/ui/styles/sealed.css): the way out of a page whose script was blocked or did not arrive.
 *
 * @param otherwise what to do if loading the page again does not help
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
