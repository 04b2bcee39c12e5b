import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  useLocation,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react';
import type { ReactNode } from 'react';
import { UNSAFE_useScrollRestoration as useScrollRestoration } from 'react-router-dom';
import { dateLocaleOf } from '#core/dates/write-date.ts';
import { isOffline } from './browser/is-offline.ts';
import { useWipedKeys } from './browser/keys/use-wiped-keys.ts';
import { lookOf } from './http/look.server.ts';
import { timeZoneOf } from './http/time-zone.server.ts';
import { ButtonLink } from './ui/button.tsx';
import { EmptyState } from './ui/empty-state.tsx';
import { CheckedScripts, CheckedStylesheet, ScriptIntegrity } from './ui/integrity.tsx';
import { DateLocaleProvider } from './ui/letter-date.tsx';
import { OnTheWay } from './ui/on-the-way.tsx';
import { OnlyAtFirst } from './ui/only-at-first.tsx';
import { PageShell } from './ui/page-shell.tsx';
import styles from './ui/styles/app.css?url';
import { ThemeColor } from './ui/theme-color.tsx';
import { useArrival } from './ui/use-arrival.ts';
import { useTellTimeZone } from './ui/use-time-zone.ts';

export const links: LinksFunction = () => [
  { rel: 'manifest', href: '/manifest.webmanifest' },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
  { rel: 'apple-touch-icon', href: '/icons/apple-touch-icon.png' },
];

export const meta: MetaFunction = () => [{ title: 'Project BFF' }];

/** The name in the header, the number of unopened letters, and whose keys this browser may hold. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const look = lookOf(request);
  const { appUrl } = context;
  const opening = /^\/letters\/([0-9a-f]{24})(?:\.data)?$/.exec(new URL(request.url).pathname)?.[1];
  const api = await context.api();
  const me = await api.accounts.me();
  // What a person has chosen goes before what the browser says of itself.
  const dates = { timeZone: me?.timeZone ?? timeZoneOf(request), locale: me?.locale ?? null };
  const keysOf = me?.mode === 'sealed' ? me.username : null;
  if (me?.stage !== 'full')
    return { person: null, deleteAt: null, newLetters: 0, keysOf, look, appUrl, ...dates };
  return {
    person: { username: me.username, displayName: me.displayName },
    deleteAt: me.deleteAt,
    // The letter this page opens is no closed envelope any more, whichever loader is first.
    newLetters: await api.letters.countNew(opening ? { opening } : undefined),
    keysOf,
    look,
    appUrl,
    ...dates,
  };
}

export type RootData = Awaited<ReturnType<typeof loader>>;

export function Layout({ children }: { children: ReactNode }) {
  // Not the component of this name: its script before the others does what the browser does by itself when a page is
  // loaded again, and scripts cannot be drawn anew.
  useScrollRestoration();
  const look = useRouteLoaderData<typeof loader>('root')?.look;
  // In the markup from the first byte, so that no page flashes up in other colours.
  const { theme = 'device', text = 'normal' } = look ?? {};
  return (
    <html
      lang="en"
      data-theme={theme === 'device' ? undefined : theme}
      data-text={text === 'normal' ? undefined : text}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <ThemeColor theme={theme} />
        <Meta />
        <OnlyAtFirst>
          <ScriptIntegrity />
        </OnlyAtFirst>
        <CheckedStylesheet href={styles} />
        <Links />
      </head>
      <body>
        {children}
        <OnlyAtFirst>
          <CheckedScripts />
        </OnlyAtFirst>
      </body>
    </html>
  );
}

export default function App() {
  const root = useRouteLoaderData<typeof loader>('root');
  useArrival();
  useTellTimeZone();
  useWipedKeys(root?.keysOf ?? null);
  const locale = dateLocaleOf(root?.locale);
  return (
    <DateLocaleProvider value={locale}>
      <OnTheWay />
      <Outlet />
    </DateLocaleProvider>
  );
}

interface ErrorPage {
  title: string;
  text: string;
}

const errorPages: Record<number, ErrorPage> = {
  401: { title: 'Please log in first', text: 'This page belongs to somebody. If that is you, log in.' },
  403: { title: 'This door is closed', text: 'You are not allowed to do this.' },
  404: {
    title: 'Nothing at this address',
    text: 'The link may be mistyped, or what was here is gone, or it was never for you.',
  },
  413: { title: 'Too much at once', text: 'That was larger than we can take. Try again with less.' },
  429: { title: 'A little slower, please', text: 'That was a lot of tries in a short time. Wait a while.' },
};

const offlinePage: ErrorPage = {
  title: 'No connection',
  text: 'The network is away, so this page could not be fetched. Nothing is lost. Try again when it is back.',
};

export function ErrorBoundary() {
  const error = useRouteError();
  const root = useRouteLoaderData<typeof loader>('root');
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
