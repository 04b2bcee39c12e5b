import { Link, useLocation } from '@remix-run/react';
import type { ReactNode } from 'react';
import { useRootData } from '../root-data.ts';
import { LetterDate } from './letter-date.tsx';
import { Notice } from './notice.tsx';
import { PageShell, type PageShellProps } from './page-shell.tsx';
import { useTimeZone } from './use-time-zone.ts';

/** The frame of a page with the name and the new letters of whoever is logged in. */
export function Page({ width, children }: { width?: PageShellProps['width']; children: ReactNode }) {
  const root = useRootData();
  return (
    <PageShell person={root?.person ?? null} newLetters={root?.newLetters} width={width}>
      {root?.deleteAt ? <Leaving deleteAt={root.deleteAt} /> : null}
      {children}
    </PageShell>
  );
}

/**
 * On every page of somebody whose account is to be deleted, so that they cannot miss it if it was not they who asked.
 */
function Leaving({ deleteAt }: { deleteAt: Date }) {
  const timeZone = useTimeZone();
  if (useLocation().pathname === '/settings/delete') return null;
  return (
    <Notice kind="info">
      <p>
        Your account will be deleted on <LetterDate at={deleteAt} timeZone={timeZone} />.{' '}
        <Link to="/settings/delete">Keep it, or see what’s deleted</Link>
      </p>
    </Notice>
  );
}
