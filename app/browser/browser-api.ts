import { createTRPCClient, httpBatchLink, httpLink, splitLink } from '@trpc/client';
import { parse, stringify } from 'devalue';
import { refusalOf as refusalIn } from '#core/refusal.ts';
import { limits } from '#core/schemas/limits.ts';
import { singleCalls } from '#core/schemas/single-calls.ts';
import type { AppRouter } from '../http/api.server.ts';
import type { FormProblem } from '../http/errors.server.ts';
import { pageOwner } from './keys/page-owner.ts';
import { SessionRefusal } from './session/session-call.ts';

const server = { url: '/api/trpc', transformer: { serialize: stringify, deserialize: parse } };

/**
 * Names the page's user in mutations, so that the server rejects them if another user has logged in
 * since.
 */
function headersOf(calls: readonly { type: string }[]): Record<string, string> {
  const owner = pageOwner();
  const changes = calls.some(({ type }) => type === 'mutation');
  return owner && changes ? { 'x-page-of': owner } : {};
}

/** The tRPC client of the page. Requests carry the session cookie. */
export const browserApi = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: ({ path }) => singleCalls.has(path),
      true: httpLink({ ...server, headers: ({ op }) => headersOf([op]) }),
      false: httpBatchLink({
        ...server,
        maxURLLength: 4_000,
        maxItems: limits.callsPerBatch,
        headers: ({ opList }) => headersOf(opList),
      }),
    }),
  ],
});

/**
 * Reads the refusal of a procedure or session step; null for any other failure, such as no network.
 */
export function refusalOf(error: unknown): (FormProblem & { code: string }) | null {
  return error instanceof SessionRefusal ? error : refusalIn(error);
}
