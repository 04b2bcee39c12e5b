import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { stringify } from 'devalue';
import type { AppClient, LoadContext } from '../http/api.server.ts';
import { privateHeaders, throwErrorPage, throwNotFound } from '../http/errors.server.ts';
import { requireUserApi } from '../http/session.server.ts';
import { timeZoneOf } from '../http/time-zone.server.ts';
import type { PageArgs, PageData, PageDefinition } from './define-page.ts';
import { serverAccess } from './server-access.server.ts';

/**
 * Makes a page's `loader`: loads it sealed, and opens it where the session holds the keys. HEAD
 * requests have no reader, so they stay sealed.
 */
export function loadPage<View, Preview, Shown>(page: PageDefinition<View, Preview, Shown>) {
  return async ({ request, params, context }: LoaderFunctionArgs) => {
    await requireUserApi(context, request);
    const { searchParams: search } = new URL(request.url);
    const args: PageArgs = { params, search, timeZone: timeZoneOf(request) };
    const throwPage = Object.keys(params).length > 0 ? throwNotFound : throwErrorPage;
    const loaded = await throwPage(() => open(page, args, request.method, context));
    const headers = privateHeaders;
    return loaded.opening === 'damaged' ? data(loaded, { status: 404, headers }) : data(loaded, { headers });
  };
}

async function open<View, Preview, Shown>(
  page: PageDefinition<View, Preview, Shown>,
  args: PageArgs,
  method: string,
  context: LoadContext,
): Promise<PageData<Preview, Shown>> {
  const api = await context.client();
  const view = await page.load(api, args);
  const preview = page.preview(view, args);
  const access = method === 'HEAD' ? null : await serverAccess(context);
  if (!access) return { preview, shown: null, sealed: await seal(api, view), opening: 'opening' };
  const shown = await page.open(access, view, args);
  return { preview, shown, sealed: null, opening: shown === null ? 'damaged' : 'open' };
}

async function seal(api: AppClient, view: unknown) {
  return { username: (await api.accounts.me.query())?.username ?? '', text: stringify(view) };
}
