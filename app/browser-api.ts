import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import { parse, stringify } from 'devalue';
import type { AppRouter } from './api.server.ts';
import type { FormProblem } from './errors.server.ts';
import { pageOwner } from './keys/page-owner.ts';
import { SessionRefusal } from './sealed/session-call.ts';

/** The procedures, called by the page itself with the session of its cookie. */
export const browserApi = createTRPCClient<AppRouter>({
  links: [
    httpBatchLink({
      url: '/api/trpc',
      transformer: { serialize: stringify, deserialize: parse },
      maxURLLength: 4_000,
      maxItems: 20,
      // In another tab somebody else may have logged in: nothing of this page's person is done in their name.
      headers({ opList }) {
        const owner = pageOwner();
        const changes = opList.some(({ type }) => type === 'mutation');
        return owner && changes ? { 'x-page-of': owner } : {};
      },
    }),
  ],
});

/**
 * What a procedure or a step of the session refused, with its code; null for any other failure, such as no network.
 */
export function refusalOf(error: unknown): (FormProblem & { code: string }) | null {
  if (error instanceof SessionRefusal) return error;
  if (!(error instanceof TRPCClientError)) return null;
  const details = (error as TRPCClientError<AppRouter>).data?.app;
  return details ? { code: details.code, message: error.message, fields: details.fields ?? {} } : null;
}
