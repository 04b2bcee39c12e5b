import { useLoaderData } from '@remix-run/react';
import { parse } from 'devalue';
import { useEffect, useState } from 'react';
import type { AccountKeys } from '#core/account-keys.ts';
import type { AppCaller } from '../http/api.server.ts';
import { keysOf, type Opening, type SealedData } from './open-sealed.ts';

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
  /** Opens it: on the server when the session holds the keys, else in the browser. Its imports load at first use. */
  open(keys: AccountKeys, view: View): Promise<Shown>;
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

/**
 * The data of a page, in the component. Data that came sealed with the first page of a visit is opened here; on later pages
 * the router has already done so. (If it did so on the first page, it would scroll to the top when it had finished.)
 */
export function usePage<View, Preview, Shown>(
  page: PageDefinition<View, Preview, Shown>,
): PageData<Preview, Shown> {
  const loaded = useLoaderData() as PageData<Preview, Shown>;
  const [result, setResult] = useState<{ from: unknown; data: PageData<Preview, Shown> } | null>(null);
  useEffect(() => {
    if (!loaded.sealed) return;
    let left = false;
    opened(page, loaded).then(
      (data) => {
        if (!left) setResult({ from: loaded, data });
      },
      (error) =>
        // For the error page around.
        setResult(() => {
          throw error;
        }),
    );
    return () => {
      left = true;
    };
  }, [page, loaded]);
  return result?.from === loaded ? result.data : loaded;
}

async function opened<View, Preview, Shown>(
  page: PageDefinition<View, Preview, Shown>,
  data: PageData<Preview, Shown>,
): Promise<PageData<Preview, Shown>> {
  if (!data.sealed) return data;
  const keys = await keysOf(data.sealed.username);
  if (!keys) return { ...data, opening: 'away' };
  const shown = await page.open(keys, parse(data.sealed.text) as View);
  return { ...data, shown, sealed: null, opening: 'open' };
}
