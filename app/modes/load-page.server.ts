import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { orErrorPage, privateHeaders } from '../http/errors.server.ts';
import { requirePerson } from '../http/session.server.ts';
import type { PageArgs, PageData, PageDefinition } from './define-page.ts';
import { sealedData } from './sealed-session.server.ts';

/**
 * The `loader` of a page: loads it sealed, and opens it where the session holds the keys. A page that is asked for with HEAD is
 * seen by nobody and stays sealed.
 */
export function loadPage<View, Preview, Shown>(page: PageDefinition<View, Preview, Shown>) {
  return async ({ request, params, context }: LoaderFunctionArgs) => {
    const api = await requirePerson(context, request);
    const args: PageArgs = { params, search: new URL(request.url).searchParams };
    const loaded = await orErrorPage(async (): Promise<PageData<Preview, Shown>> => {
      const view = await page.load(api, args);
      const preview = page.preview(view, args);
      const keys = request.method === 'HEAD' ? null : await context.keys();
      if (keys) {
        const shown = await page.open(keys, view, context.reportDamaged);
        return { preview, shown, sealed: null, opening: 'open' };
      }
      return { preview, shown: null, sealed: await sealedData(api, view), opening: 'opening' };
    });
    return data(loaded, { headers: privateHeaders });
  };
}
