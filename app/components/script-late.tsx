import { useLocation } from '@remix-run/react';
import { useIsHydrated } from './use-is-hydrated.ts';

/**
 * Stands where only the script can go on, until it can; shown once it is late, and only where scripts run at all
 * (app/styles/sealed.css). The way out of a page whose script was blocked or broke off on its way.
 *
 * @param otherwise what can be done if loading the page again does not help
 */
export function ScriptLate({ otherwise }: { otherwise: string }) {
  const { pathname, search } = useLocation();
  if (useIsHydrated()) return null;
  return (
    <div className="script-late">
      <p className="notice">
        The script of this page has not arrived, and nothing is sent without it.{' '}
        <a href={pathname + search}>Load the page again</a>. If that does not help, {otherwise}
      </p>
    </div>
  );
}
