import { createTRPCClient, httpBatchLink, httpLink, splitLink, type TRPCClient } from '@trpc/client';
import { parse, stringify } from 'devalue';
import { limits } from '#core/schemas/limits.ts';
import { singleCalls } from '#core/schemas/single-calls.ts';
import type { AppRouter } from '#server/router.ts';

/** All procedures of the server, typed by tRPC. Sealed data stays ciphertext here. */
export type Api = TRPCClient<AppRouter>;

interface Connection {
  url: string;
  fetch?: typeof globalThis.fetch;
  /** The name in the list of devices; browsers send their own. */
  userAgent?: string;
  token(): string | null;
}

/**
 * Connects to a server with the session as a bearer token. Sends nothing until a procedure is
 * called.
 */
export function createApi({ url, fetch, userAgent, token }: Connection): Api {
  const options = {
    url: new URL('/api/trpc', url).href,
    transformer: { serialize: stringify, deserialize: parse },
    headers: () => {
      const held = token();
      return {
        ...(held ? { authorization: `Bearer ${held}` } : {}),
        ...(userAgent ? { 'user-agent': userAgent } : {}),
      };
    },
    ...(fetch ? { fetch: (input: string | URL | Request, init?: object) => fetch(input, init) } : {}),
  };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ path }) => singleCalls.has(path),
        true: httpLink(options),
        false: httpBatchLink({ ...options, maxURLLength: 4_000, maxItems: limits.callsPerBatch }),
      }),
    ],
  });
}
