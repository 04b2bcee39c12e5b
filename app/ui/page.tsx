import { Link, useLocation } from '@remix-run/react';
import { useRootData } from '../root-data.ts';
import { LetterDate } from './letter-date.tsx';
import { useNews } from './news.tsx';
import { Notice } from './notice.tsx';
import { PageShell, type PageShellProps } from './page-shell.tsx';
import { useTimeZone } from './use-time-zone.ts';

/** The layout of a page for the logged-in user. */
export function Page({ children, ...shell }: Pick<PageShellProps, 'width' | 'header' | 'children'>) {
  const root = useRootData();
  return (
    <PageShell {...shell} person={root?.person ?? null} news={useNews()}>
      {root?.deleteAt ? <Leaving deleteAt={root.deleteAt} /> : null}
      {children}
    </PageShell>
  );
}

/**
 * Reminds users on every page that their account will be deleted, in case it wasn't they who asked.
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
