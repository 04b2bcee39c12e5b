import { Outlet } from '@remix-run/react';

/**
 * Catches what fails in any page, below the root: its loader then runs even if an action has failed,
 * so that people who are logged in keep their header.
 */
export { ErrorPage as ErrorBoundary } from '#app/ui/error-page.tsx';

export default function Frame() {
  return <Outlet />;
}
