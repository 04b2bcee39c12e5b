import { createReadableStreamFromReadable, type EntryContext } from '@remix-run/node';
import { isRouteErrorResponse, RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { SECOND } from '#core/durations.ts';
import type { LoadContext } from './http/api.server.ts';
import { coalesceChunks } from './http/coalesce-chunks.server.ts';
import { IntegrityProvider } from './ui/integrity.tsx';
import { NonceProvider } from './ui/nonce.tsx';

/** The timeout of loaders, in milliseconds. */
const streamTimeout = 15 * SECOND;

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: LoadContext,
): Promise<Response> {
  const waitForAll = isbot(request.headers.get('user-agent') ?? '');
  return new Promise((resolve, reject) => {
    let shellReady = false;
    const ready = () => {
      shellReady = true;
      const body = coalesceChunks();
      headers.set('Content-Type', 'text/html; charset=utf-8');
      if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store, private');
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
      stream.pipe(body);
    };
    const stream = renderToPipeableStream(
      <NonceProvider value={context.cspNonce}>
        <IntegrityProvider value={context.integrity}>
          <RemixServer
            context={remix}
            url={request.url}
            nonce={context.cspNonce}
            abortDelay={streamTimeout}
          />
        </IntegrityProvider>
      </NonceProvider>,
      {
        nonce: context.cspNonce,
        ...(waitForAll ? { onAllReady: ready } : { onShellReady: ready }),
        onShellError: reject,
        onError: () => {
          // Before the shell is sent, React renders the error page instead. After it, the browser
          // renders the rest.
          if (shellReady) status = 500;
        },
      },
    );
    setTimeout(() => stream.abort(), streamTimeout).unref();
  });
}

/** Logs errors of the pages themselves. The server has already logged those of procedures. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted || (error instanceof Error && error.name === 'TRPCClientError')) return;
  // A photo that doesn't exist for this user is an answer, not a failure.
  if (isRouteErrorResponse(error) && error.status < 500) return;
  const where =
    error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))[0] : '';
  console.error(
    JSON.stringify({
      level: 'error',
      event: 'page failed',
      path: new URL(request.url).pathname.split('/')[1],
      where: where?.trim(),
    }),
  );
}
