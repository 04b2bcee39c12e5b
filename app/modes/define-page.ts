import { useLoaderData } from '@remix-run/react';
import { useCallback } from 'react';
import type { AccountKeys } from '#core/account-keys.ts';
import type { AppCaller, LoadContext } from '../http/api.server.ts';
import { type Opening, openSealed, type SealedData } from './open-sealed.ts';
import { useOpened } from './use-opened.ts';

/** What the address of a page says. */
export interface PageArgs {
  params: Readonly<Record<string, string | undefined>>;
  search: URLSearchParams;
}

/** A page of something sealed, declared once for both modes. */
export interface PageDefinition<View, Preview, Shown> {
  /** Loads it sealed, on the server in either mode. */
  load(api: AppCaller, args: PageArgs): Promise<View>;
  /** The part that is visible before it is opened. */
  preview(view: View, args: PageArgs): Preview;
  /**
   * Opens it: on the server when the session holds the keys, else in the browser. Its imports load at first use.
   *
   * @param reportDamaged tells the operator's log of what is not as it was sealed; the browser tells nobody
   */
  open(keys: AccountKeys, view: View, reportDamaged: LoadContext['reportDamaged']): Promise<Shown>;
}

/** The data of such a page: `shown` once it is opened, `sealed` until then. */
export interface PageData<Preview, Shown> {
  preview: Preview;
  shown: Shown | null;
  sealed: SealedData | null;
  opening: Opening;
}

/** Names the types of a page from its parts. */
export function definePage<View, Preview, Shown>(
  page: PageDefinition<View, Preview, Shown>,
): PageDefinition<View, Preview, Shown> {
  return page;
}

/** The `clientLoader` of a page: opens in the browser what the server left sealed. */
export function openInBrowser<View, Preview, Shown>(page: PageDefinition<View, Preview, Shown>) {
  return async ({ serverLoader }: { serverLoader(): Promise<unknown> }) =>
    opened(page, (await serverLoader()) as PageData<Preview, Shown>);
}

/** The data of a page, in the component. */
export function usePage<View, Preview, Shown>(
  page: PageDefinition<View, Preview, Shown>,
): PageData<Preview, Shown> {
  const open = useCallback((data: PageData<Preview, Shown>) => opened(page, data), [page]);
  return useOpened(useLoaderData() as PageData<Preview, Shown>, open);
}

async function opened<View, Preview, Shown>(
  page: PageDefinition<View, Preview, Shown>,
  data: PageData<Preview, Shown>,
): Promise<PageData<Preview, Shown>> {
  if (!data.sealed) return data;
  const shown = await openSealed<View, Shown>(
    data.sealed,
    async () => (keys, view) => page.open(keys, view, () => undefined),
  );
  if (shown === 'away') return { ...data, opening: 'away' };
  return { ...data, shown, sealed: null, opening: 'open' };
}
