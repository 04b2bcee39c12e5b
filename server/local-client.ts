import { createTRPCClient, localLink, type TRPCClient } from '@trpc/client';
import type { LetterAccess } from '#core/letter-access.ts';
import type { Context } from './context.ts';
import { type AppRouter, appRouter } from './router.ts';
import { transformer } from './trpc-transformer.ts';

/** Every procedure of the server, as tRPC types it: over HTTP or in process. */
export type AppClient = TRPCClient<AppRouter>;

/**
 * Creates a client that calls the procedures in this process, as the request's user. Values are not
 * serialised.
 */
export function createLocalClient(context: Context): AppClient {
  return createTRPCClient<AppRouter>({
    links: [localLink({ router: appRouter, createContext: async () => context, transformer })],
  });
}

/** Access to a user's letters on a server that holds their keys. */
export type LocalAccess = LetterAccess & { api: AppClient };

/**
 * Opens the keys of the request's user; null in a sealed session, whose keys are only in the
 * browser.
 */
export async function openLocalAccess(context: Context): Promise<LocalAccess | null> {
  const { actor, now } = context;
  if (actor?.mode !== 'assisted') return null;
  // A user who lets the server open their keys trusts it with the pins, too.
  return {
    keys: await actor.keys(),
    api: createLocalClient(context),
    memory: null,
    now: () => now().getTime(),
  };
}
