import { isRouteErrorResponse, useLocation, useRouteError } from '@remix-run/react';
import { useRootData } from '../root-data.ts';
import { ButtonLink } from './button.tsx';
import { EmptyState } from './empty-state.tsx';
import { isOffline } from './is-offline.ts';
import { PageShell } from './page-shell.tsx';

interface Explanation {
  title: string;
  text: string;
}

const errorPages: Record<number, Explanation> = {
  401: { title: 'Please log in first', text: 'This page belongs to somebody. If that is you, log in.' },
  403: { title: 'This door is closed', text: 'You are not allowed to do this.' },
  404: {
    title: 'Nothing at this address',
    text: 'The link may be mistyped, or what was here is gone, or it was never for you.',
  },
  413: { title: 'Too much at once', text: 'That was larger than we can take. Try again with less.' },
  429: {
    title: 'A little slower, please',
    text: 'Too many tries in a short time. Try again in a few minutes.',
  },
};

const offlinePage: Explanation = {
  title: 'No connection',
  text: 'The network is away, so this page could not be fetched. Nothing is lost. Try again when it is back.',
};

/** Says what went wrong with a page, and leads on. */
export function ErrorPage() {
  const error = useRouteError();
  const root = useRootData();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const known = isOffline(error) ? offlinePage : errorPages[status];
  const title = known?.title ?? 'Something broke on our side';
  const told = isRouteErrorResponse(error) && typeof error.data === 'string' && known ? error.data : null;
  // A procedure may say in its sentence what the title says already.
  const said = told && told !== `${title}.` ? told : known?.text;
  const { pathname, search } = useLocation();
  return (
    <PageShell person={root?.person ?? null} newLetters={root?.newLetters}>
      <title>{`${title} · Project BFF`}</title>
      <EmptyState
        picture="lost"
        title={title}
        heading="h1"
        actions={
          <>
            {known === offlinePage ? (
              <ButtonLink to={pathname + search} kind="primary">
                Try again
              </ButtonLink>
            ) : null}
            {status === 401 ? (
              <ButtonLink to="/login" kind="primary">
                Log in
              </ButtonLink>
            ) : null}
            <ButtonLink to="/">{root?.person ? 'To your inbox' : 'To the first page'}</ButtonLink>
          </>
        }
      >
        <p>
          {said ?? 'Nothing you saved is lost. Please try again in a moment; if it stays like this, tell us.'}
        </p>
      </EmptyState>
    </PageShell>
  );
}
