import { useRouteLoaderData } from '@remix-run/react';
import type { ReactNode } from 'react';
import { PageShell, type PageShellProps } from './components/index.ts';
import type { loader } from './root.tsx';

/** The frame of a page with the name and the new letters of whoever is logged in. */
export function Page({ width, children }: { width?: PageShellProps['width']; children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>('root');
  return (
    <PageShell person={root?.person ?? null} newLetters={root?.newLetters} width={width}>
      {children}
    </PageShell>
  );
}
