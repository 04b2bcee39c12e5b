import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { Handler } from 'hono';
import { type CookieName, readCookie } from '#core/cookies.ts';
import { limits } from '#core/schemas/limits.ts';
import { createContext } from '../context.ts';
import type { Deps } from '../deps.ts';
import { isLocalOnly } from '../env.ts';
import { openArchive } from '../export/open-archive.ts';
import { networkOf } from '../limits/network-of.ts';
import { createLocalClient, openLocalAccess } from '../local-client.ts';
import { createAnswerMemory } from '../memory/answer-memory.ts';
import { holdBody } from '../memory/hold-body.ts';
import { prepareForUser } from '../photos/prepare-for-user.ts';
import { appRouter } from '../router.ts';
import { transformer } from '../trpc-transformer.ts';
import type { App } from './app.ts';
import type { LoadContext } from './load-context.ts';
import { arrivalOf } from './proxies.ts';
import { receiveBody } from './receive-body.ts';
import { requireSingle } from './require-single.ts';
import { sessionTokenOf } from './session-token.ts';
import { takeTurn } from './take-turn.ts';
import { isForThisMachine } from './this-machine.ts';

export type RemixHandler = (request: Request, context: LoadContext) => Promise<Response>;

export interface RemixSurroundings {
  remix: RemixHandler;
  /** Subresource Integrity hashes of the built files, by address (scripts/integrity.js). */
  integrity?: Record<string, string>;
  localMailbox: LoadContext['localMailbox'];
}

/** Answers that say when to try again (RFC 9110, 10.2.3); a 207 may contain one of them. */
const mayComeBack = new Set([207, 429, 503]);

/** Whether the answer is a page: procedures and the data of pages are written as text instead. */
const isPage = (path: string) => !path.startsWith('/api/') && !path.endsWith('.data');

/**
 * Passes a request to Remix, with the load context its loaders and actions use. Finds the session
 * on first use.
 */
export function answerByRemix(
  deps: Deps,
  { remix, integrity = {}, localMailbox }: RemixSurroundings,
): Handler<App> {
  const secure = deps.env.APP_URL.startsWith('https:');
  // A proxy on this machine may pass strangers' requests on without a header.
  const isLocal = isLocalOnly(deps.env);
  return async (c) => {
    const request = c.req.raw;
    const { outgoing } = c.env;
    const cookie = (name: CookieName) => readCookie(request.headers.get('cookie'), name, secure);
    const arrival = arrivalOf(c.env.incoming);
    let waitS = 0;
    const memory = createAnswerMemory(outgoing, isPage(c.req.path) ? 2 : 5);
    const facts = {
      token: sessionTokenOf(request, secure),
      clientAddress: arrival.clientAddress,
      userAgent: request.headers.get('user-agent') ?? '',
      requestId: c.get('requestId'),
      device: cookie('device'),
      unattended: c.req.path === '/api/news',
      noteWait: (seconds: number) => {
        waitS = Math.max(waitS, seconds);
      },
      reserveMemory: memory.reserve,
    };
    let context: ReturnType<typeof createContext> | undefined;
    const contextOnce = () => {
      context ??= createContext(deps, facts);
      return context;
    };
    const turn = await takeTurn(outgoing, request.method, facts, contextOnce);
    if (!turn) {
      return c.text('That was a lot at once. Please try again in a moment.', 429, {
        'retry-after': '5',
        'cache-control': 'no-store',
      });
    }
    const isLoggedIn = async () => facts.token !== null && (await contextOnce()).actor !== null;
    let client: ReturnType<LoadContext['client']> | undefined;
    let access: ReturnType<LoadContext['access']> | undefined;
    const loadContext: LoadContext = {
      cspNonce: c.get('secureHeadersNonce') ?? '',
      requestId: facts.requestId,
      integrity,
      appUrl: deps.env.APP_URL,
      secureCookies: secure,
      challenge: cookie('challenge'),
      invitation: cookie('invitation'),
      client: () => {
        client ??= contextOnce().then(createLocalClient);
        return client;
      },
      access: () => {
        // The answer to a form does not contain what its loaders read.
        const isForm = request.method === 'POST';
        access ??= contextOnce().then(({ reserveMemory, ...context }) =>
          openLocalAccess({ ...context, ...(isForm ? {} : { reserveMemory }) }),
        );
        return access;
      },
      reportDamaged: (what, where) => deps.log.error(`${what} does not authenticate`, { ...where }),
      preparePhoto: async (file) => prepareForUser(await contextOnce(), file),
      openArchive: () => contextOnce().then((ctx) => openArchive(ctx, ctx.actor)),
      reserveMemoryFor: (kind, body) => holdBody(networkOf(arrival.clientAddress), kind, body),
      readInput(text) {
        try {
          return transformer.deserialize(text);
        } catch {
          return undefined;
        }
      },
      handleTrpc: (trpcRequest) =>
        fetchRequestHandler({
          endpoint: '/api/trpc',
          req: trpcRequest,
          router: appRouter,
          maxBatchSize: limits.callsPerBatch,
          async createContext({ info }) {
            requireSingle(info.calls);
            const context = await contextOnce();
            // A page left open by a user who is logged out by now counts as a stranger's.
            const owner = request.headers.get('x-page-of') ?? context.actor?.username;
            return {
              ...context,
              actor: owner === context.actor?.username ? context.actor : null,
              overHttp: true,
            };
          },
          responseMeta: () => ({ headers: new Headers({ 'cache-control': 'no-store' }) }),
        }),
      localMailbox: isLocal && isForThisMachine(request, arrival) ? localMailbox : null,
    };
    const read = async () => {
      const body = await receiveBody(c, isLoggedIn);
      if (body instanceof Response) return body;
      return remix(c.req.raw, loadContext).then(memory.inPieces).finally(body.release);
    };
    const answer = await read().finally(turn.answered);
    if (waitS > 0 && mayComeBack.has(answer.status)) answer.headers.set('retry-after', String(waitS));
    return answer;
  };
}
