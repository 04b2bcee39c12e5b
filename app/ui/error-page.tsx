import { isRouteErrorResponse, useLocation, useRouteError } from '@remix-run/react';
import { useRootData } from '../root-data.ts';
import { ButtonLink } from './button.tsx';
import { EmptyState } from './empty-state.tsx';
import { isOffline } from './is-offline.ts';
import { useNews } from './news.tsx';
import { PageShell } from './page-shell.tsx';

interface Explanation {
  title: string;
  text: string;
}

const errorPages: Record<number, Explanation> = {
  401: { title: 'Please log in first', text: 'Please log in to see this page.' },
  403: { title: 'You don’t have access', text: 'You’re not allowed to see this page or do this.' },
  404: {
    title: 'We can’t find that page',
    text: 'The link may be wrong, or the page may be gone.',
  },
  413: { title: 'That’s too large', text: 'That’s more than we can take at once. Try again with less.' },
  429: {
    title: 'Too many tries',
    text: 'Try again in a few minutes.',
  },
};

const offlinePage: Explanation = {
  title: 'You’re offline',
  text: 'Nothing is lost. Try again when you’re back online.',
};

export function ErrorPage() {
  const error = useRouteError();
  const root = useRootData();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const known = isOffline(error) ? offlinePage : errorPages[status];
  const title = known?.title ?? 'Something broke on our side';
  const message = isRouteErrorResponse(error) && typeof error.data === 'string' && known ? error.data : null;
  // A procedure's message may repeat the title.
  const text = message && message !== `${title}.` ? message : known?.text;
  const { pathname, search } = useLocation();
  return (
    <PageShell person={root?.person ?? null} news={useNews()}>
      <title>{`${title} · Project BFF`}</title>
      <EmptyState
        picture="lost"
        title={title}
        heading="h1"
        actions={
          <>
            {known === offlinePage || status >= 500 ? (
              <ButtonLink to={pathname + search} kind="primary">
                Try again
              </ButtonLink>
            ) : null}
            {status === 401 ? (
              <ButtonLink to="/login" kind="primary">
                Log in
              </ButtonLink>
            ) : null}
            <ButtonLink to="/">{root?.person ? 'Back to inbox' : 'Go home'}</ButtonLink>
          </>
        }
      >
        <p>
          {text ??
            'Nothing you saved is lost. Please try again in a moment. If it keeps happening, let us know.'}
        </p>
      </EmptyState>
    </PageShell>
  );
}
