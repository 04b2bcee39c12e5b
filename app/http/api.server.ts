import type { LoadContext } from '#server/http/load-context.ts';
import type { AppClient, LocalAccess } from '#server/local-client.ts';
import type { AppRouter } from '#server/router.ts';

export type { AppClient, AppRouter, LoadContext, LocalAccess };

declare module '@remix-run/server-runtime' {
  interface AppLoadContext extends LoadContext {}
  interface Future {
    v3_singleFetch: true;
  }
}
