import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Links, Meta, Outlet } from '@remix-run/react';
import { type ReactNode, useState } from 'react';
import { UNSAFE_useScrollRestoration as useScrollRestoration } from 'react-router-dom';
import { dateLocaleOf } from '#core/dates/write-date.ts';
import type { News } from '#core/news.ts';
import { appearanceOf } from './http/appearance.server.ts';
import { timeZoneOf } from './http/time-zone.server.ts';
import { sealedUsername } from './modes/sealed-username.ts';
import { useSealedUsername } from './modes/use-sealed-username.ts';
import { useWipedKeys } from './modes/use-wiped-keys.ts';
import { type RootData, useRootData } from './root-data.ts';
import { defaultAppearance } from './ui/appearance.ts';
import { CheckedScripts, CheckedStylesheet, ScriptIntegrity } from './ui/integrity.tsx';
import { DateLocaleProvider } from './ui/letter-date.tsx';
import { NavigationProgress } from './ui/navigation-progress.tsx';
import { NewsProvider } from './ui/news.tsx';
import { ServerOnly } from './ui/server-only.tsx';
import styles from './ui/styles/app.css?url';
import { ThemeColor } from './ui/theme-color.tsx';
import { useFocusOnNavigation } from './ui/use-focus-on-navigation.ts';
import { useLate } from './ui/use-late.ts';
import { useTellTimeZone } from './ui/use-time-zone.ts';

export { ErrorPage as ErrorBoundary } from './ui/error-page.tsx';

export const links: LinksFunction = () => [
  { rel: 'manifest', href: '/manifest.webmanifest' },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
  { rel: 'apple-touch-icon', href: '/icons/apple-touch-icon.png' },
];

export const meta: MetaFunction = () => [{ title: 'Project BFF' }];

export async function loader({ context, request }: LoaderFunctionArgs): Promise<RootData> {
  const appearance = appearanceOf(request);
  const { appUrl } = context;
  const opening = /^\/letters\/([0-9a-f]{24})(?:\.data)?$/.exec(new URL(request.url).pathname)?.[1];
  const api = await context.client();
  const me = await api.accounts.me.query();
  // The user's choice wins over the browser's.
  const dates = { timeZone: me?.timeZone ?? timeZoneOf(request), locale: me?.locale ?? null };
  const username = sealedUsername(me);
  const page = { sealedUsername: username, keysOf: username, appearance, appUrl, ...dates };
  if (me?.stage !== 'full') return { person: null, deleteAt: null, news: null, ...page };
  return {
    person: { username: me.username, displayName: me.displayName },
    deleteAt: me.deleteAt,
    // Don't count the letter this page opens, whichever loader runs first.
    news: await api.news.read.query({ opening }),
    ...page,
  };
}

export function Layout({ children }: { children: ReactNode }) {
  // Not the component of this name: its inline script repeats what browsers do on reload, and
  // scripts can't be rendered again.
  useScrollRestoration();
  const appearance = useRootData()?.appearance;
  // In the markup from the first byte, so that no page flashes in other colours.
  const { theme, text, spacing, face } = appearance ?? defaultAppearance;
  return (
    <html
      lang="en"
      data-theme={theme === 'device' ? undefined : theme}
      data-text={text === 'normal' ? undefined : text}
      data-spacing={spacing === 'normal' ? undefined : spacing}
      data-face={face === 'letter' ? undefined : face}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <ThemeColor theme={theme} />
        <Meta />
        <ServerOnly>
          <ScriptIntegrity />
        </ServerOnly>
        <CheckedStylesheet href={styles} />
        <Links />
      </head>
      <body>
        {children}
        <ServerOnly>
          <CheckedScripts />
        </ServerOnly>
      </body>
    </html>
  );
}

const loadLiveNews = () => import('./browser/news/live-news.tsx');

export default function App() {
  const root = useRootData();
  useFocusOnNavigation();
  useTellTimeZone();
  useWipedKeys(useSealedUsername());
  const locale = dateLocaleOf(root?.locale);
  const loaded = root?.news ?? null;
  const [heard, setHeard] = useState<{ since: News | null; news: News } | null>(null);
  // What was loaded is newer than what was heard before.
  const news = heard?.since === loaded ? heard.news : loaded;
  const username = root?.person?.username;
  const LiveNews = useLate(loadLiveNews, username !== undefined);
  return (
    <DateLocaleProvider value={locale}>
      <NewsProvider value={news}>
        <NavigationProgress />
        {LiveNews && username ? (
          <LiveNews
            key={username}
            username={username}
            news={news}
            hear={(news) => setHeard({ since: loaded, news })}
          />
        ) : null}
        <Outlet />
      </NewsProvider>
    </DateLocaleProvider>
  );
}
