import { createTRPCClient, localLink, type TRPCClient } from '@trpc/client';
import type { LetterAccess } from '#core/letter-access.ts';
import type { Context } from './context.ts';
import { type AppRouter, appRouter } from './router.ts';
import { transformer } from './trpc-transformer.ts';

/** Every procedure of the server, as tRPC types it: over HTTP or in process. */
export type AppClient = TRPCClient<AppRouter>;

/** Calls the procedures in this process, as whoever made the request: values go in and out as they are. */
export function createLocalClient(context: Context): AppClient {
  return createTRPCClient<AppRouter>({
    links: [localLink({ router: appRouter, createContext: async () => context, transformer })],
  });
}

/** What a user's letters are read and written with on a server that holds their keys. */
export type LocalAccess = LetterAccess & { api: AppClient };

/** Opens the keys of whoever made the request; null in a sealed session, whose keys are in the browser alone. */
export async function openLocalAccess(context: Context): Promise<LocalAccess | null> {
  const { actor, now } = context;
  if (actor?.mode !== 'assisted') return null;
  // A user who lets the server open their keys takes its word for the pins, too.
  return {
    keys: await actor.keys(),
    api: createLocalClient(context),
    memory: null,
    now: () => now().getTime(),
  };
}
