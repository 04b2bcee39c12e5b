import { lookup as systemLookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Bytes } from '#core/bytes.ts';
import { isPublicAddress } from './public-address.ts';
import { PainterRefused, PainterUnavailable } from './stamp-painter.ts';

/** Looks up all addresses of a name, as `dns.lookup` does. */
export type LookUpAll = (
  hostname: string,
  options: { all: true },
  callback: (error: Error | null, addresses: { address: string; family: number }[]) => void,
) => void;

export interface Guard {
  /** The one origin that may be on this machine, and without TLS; null for none. */
  loopbackOrigin: string | null;
  /** Resolves names. Default: the system's resolver. */
  lookUp?: LookUpAll | undefined;
  /** Milliseconds to connect, TLS included. */
  connectTimeout: number;
  signal: AbortSignal;
}

interface Exchange {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  maxBytes: number;
}

interface Answer {
  status: number;
  /** The `Location` of a redirect. */
  location: string | undefined;
  body: Bytes;
}

/**
 * Makes one HTTP request to a public address, over a connection of its own. Checks the address
 * while connecting, so that a name cannot resolve differently between check and use (DNS
 * rebinding). Follows no redirect, and ignores proxies from the environment, which would connect
 * unchecked.
 *
 * @throws {PainterRefused} `insecure`, `private-address` or `too-large`
 * @throws {PainterUnavailable} with the code of the network error
 */
export async function guardedRequest(url: URL, exchange: Exchange, guard: Guard): Promise<Answer> {
  const trusted = url.origin === guard.loopbackOrigin;
  if (!trusted && url.protocol !== 'https:') throw new PainterRefused('insecure');
  // A literal is never looked up. The URL parser has already normalised its spelling: decimal,
  // octal, hex, short.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!trusted && isIP(host) !== 0 && !isPublicAddress(host)) throw new PainterRefused('private-address');
  try {
    return await converse(url, exchange, guard, trusted ? undefined : guardLookup(guard.lookUp));
  } catch (error) {
    if (error instanceof PainterRefused) throw error;
    if (guard.signal.aborted) throw new PainterUnavailable('timeout');
    throw new PainterUnavailable(codeOf(error));
  }
}

/** A resolver for sockets that fails for a name with any non-public address. */
export function guardLookup(lookUp: LookUpAll = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname, { all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) callback(error ?? new PainterUnavailable('ENOTFOUND'), '', 0);
      else if (!addresses.every(({ address }) => isPublicAddress(address)))
        callback(new PainterRefused('private-address'), '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function converse(
  url: URL,
  { method, headers, body, maxBytes }: Exchange,
  { connectTimeout, signal }: Guard,
  lookup: LookupFunction | undefined,
): Promise<Answer> {
  const secure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const start = secure ? httpsRequest : httpRequest;
    const request = start(url, {
      method,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'project-bff', ...headers },
      agent: false,
      signal,
      ...(lookup && { lookup }),
    });
    const impatience = setTimeout(
      () => request.destroy(new PainterUnavailable('connect-timeout')),
      connectTimeout,
    );
    request.on('socket', (socket) => {
      socket.once(secure ? 'secureConnect' : 'connect', () => clearTimeout(impatience));
    });
    request.once('error', reject);
    request.once('close', () => clearTimeout(impatience));
    request.once('response', (response) => {
      readBody(response, maxBytes).then(
        (bytes) =>
          resolve({ status: response.statusCode ?? 0, location: response.headers.location, body: bytes }),
        (error) => {
          reject(error);
          request.destroy();
        },
      );
    });
    request.end(body);
  });
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Bytes> {
  if (Number(response.headers['content-length']) > maxBytes) throw new PainterRefused('too-large');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new PainterRefused('too-large');
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Returns only the code: Node's messages name the host. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}
