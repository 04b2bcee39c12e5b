import { useLoaderData, useLocation, useParams } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { AppClient } from '../http/api.server.ts';
import { browserAccess } from './browser-access.ts';
import type { PageAccess } from './page-access.ts';

export interface PageArgs {
  params: Readonly<Record<string, string | undefined>>;
  search: URLSearchParams;
  /** The zone that the browser has told, while a page is loaded. */
  timeZone?: string | null;
}

/** A page with sealed content, declared once for both modes. */
export interface PageDefinition<View, Preview, Shown> {
  /** Loads the sealed view, on the server in either mode. */
  load(api: AppClient, args: PageArgs): Promise<View>;
  /** Returns the part that is visible before it is opened. */
  preview(view: View, args: PageArgs): Preview;
  /**
   * Opens the view: on the server when the session holds the keys, else in the browser. Imports its
   * code lazily.
   *
   * @returns null when it doesn't authenticate
   */
  open(access: PageAccess, view: View, args: PageArgs): Promise<Shown | null>;
  /** Tells whether the page is useful even if opening fails; false by default. */
  standsAlone?(preview: Preview): boolean;
}

/**
 * The progress of opening: `away` without the user's keys, `damaged` when it doesn't authenticate.
 */
export type Opening = 'open' | 'opening' | 'away' | 'damaged';

/** The loader data of such a page: `shown` once it is opened, `sealed` until then. */
export interface PageData<Preview, Shown> {
  preview: Preview;
  shown: Shown | null;
  /** The view as text, which preserves bytes and dates, and the owner of its keys. */
  sealed: { username: string; text: string } | null;
  opening: Opening;
}

/** Infers the types of a page from its parts. */
export function definePage<View, Preview, Shown>(
  page: PageDefinition<View, Preview, Shown>,
): PageDefinition<View, Preview, Shown> {
  return page;
}

/** Makes a page's `clientLoader`, which opens in the browser what the server left sealed. */
export function openInBrowser<View, Preview, Shown>(page: PageDefinition<View, Preview, Shown>) {
  return async ({ serverLoader, params, request }: ClientArgs) =>
    opened(page, (await serverLoader()) as PageData<Preview, Shown>, {
      params,
      search: new URL(request.url).searchParams,
    });
}

interface ClientArgs {
  serverLoader(): Promise<unknown>;
  params: PageArgs['params'];
  request: Request;
}

/**
 * Returns the page's data, and opens it if it came sealed with the first page of a visit. On later
 * pages the router has already done so. (On the first page, that would scroll to the top when
 * done.)
 */
export function usePage<View, Preview, Shown>(
  page: PageDefinition<View, Preview, Shown>,
): PageData<Preview, Shown> {
  const loaded = useLoaderData() as PageData<Preview, Shown>;
  const params = useParams();
  const { search } = useLocation();
  const [outcome, setOutcome] = useState<{ from: typeof loaded; data: typeof loaded } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address belongs to the data it came with
  useEffect(() => {
    if (!loaded.sealed) return;
    let left = false;
    opened(page, loaded, { params, search: new URLSearchParams(search) }).then(
      (data) => {
        if (!left) setOutcome({ from: loaded, data });
      },
      (error) => {
        // Throw into the error boundary.
        if (!left)
          setOutcome(() => {
            throw error;
          });
      },
    );
    return () => {
      left = true;
    };
  }, [page, loaded]);
  return outcome?.from === loaded ? outcome.data : loaded;
}

async function opened<View, Preview, Shown>(
  page: PageDefinition<View, Preview, Shown>,
  data: PageData<Preview, Shown>,
  args: PageArgs,
): Promise<PageData<Preview, Shown>> {
  if (!data.sealed) return data;
  try {
    return await openSealed(page, data, data.sealed, args);
  } catch (error) {
    if (page.standsAlone?.(data.preview)) return data;
    throw error;
  }
}

async function openSealed<View, Preview, Shown>(
  page: PageDefinition<View, Preview, Shown>,
  data: PageData<Preview, Shown>,
  { username, text }: NonNullable<PageData<Preview, Shown>['sealed']>,
  args: PageArgs,
): Promise<PageData<Preview, Shown>> {
  const [access, { parse }] = await Promise.all([browserAccess(username), import('devalue')]);
  if (!access) return { ...data, opening: 'away' };
  const shown = await page.open(access, parse(text) as View, args);
  return { ...data, shown, sealed: null, opening: shown === null ? 'damaged' : 'open' };
}
