import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * The trusted proxies in front of this server: the nearest few, or those with certain addresses.
 */
export type TrustedProxies = { hops: number } | { networks: string[] };

/** The origin of a request, as far as it is known. */
export interface Arrival {
  /** The client's address: that of the nearest machine that is not trusted. */
  clientAddress: string;
  /** Whether any header claims that a proxy passed the request on, trusted or not. */
  passedOn: boolean;
}

interface ReceptionOptions {
  trusted: TrustedProxies;
  /**
   * The address of this installation. Requests from its own pages are recognised by it, whatever
   * host a proxy sends.
   */
  appUrl?: string | undefined;
}

const proxyHeaders = new Set([
  'cf-connecting-ip',
  'forwarded',
  'true-client-ip',
  'via',
  'x-client-ip',
  'x-forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-forwarded-server',
  'x-real-ip',
]);
const arrivals = new WeakMap<IncomingMessage, Arrival>();

/**
 * Parses `TRUST_PROXY`: a number of hops, or a list of addresses and networks in CIDR notation (RFC
 * 4632).
 *
 * @throws when it is neither
 */
export function parseTrustedProxies(text: string): TrustedProxies {
  if (/^\d{1,2}$/.test(text)) return { hops: Number(text) };
  const networks = text.split(',').map((part) => part.trim());
  listOf(networks);
  return { networks };
}

/**
 * Receives requests. Believes the client's address and the host only from a trusted proxy, then
 * removes all such headers, because later code believes them from anyone: Remix accepts
 * `X-Forwarded-Host` as the host that a form's origin must match. The protocol comes from
 * `APP_URL`.
 */
export function createReception({ trusted, appUrl }: ReceptionOptions): (incoming: IncomingMessage) => void {
  const isTrusted = trustOf(trusted);
  const own = appUrl === undefined ? null : new URL(appUrl);
  return (incoming) => {
    // No browser speaks HTTP/1.0; nginx does by default, and adds no header of its own.
    const passedOn =
      incoming.httpVersion === '1.0' || Object.keys(incoming.headers).some((name) => proxyHeaders.has(name));
    const nearest = incoming.socket.remoteAddress ?? 'unknown';
    const chain = [nearest, ...addressesIn(incoming.headers['x-forwarded-for']).reverse()];
    const client = chain.findIndex((address, hop) => !isTrusted(address, hop));
    const clientAddress = chain.at(client === -1 ? chain.length - 1 : client) ?? nearest;
    arrivals.set(incoming, { clientAddress, passedOn });
    // Browsers let no page claim another origin than its own, and Remix compares the origin with
    // the host.
    const fromOwn = own !== null && incoming.headers.origin === own.origin;
    const forwarded = isTrusted(nearest, 0) ? hostIn(incoming.headers['x-forwarded-host']) : null;
    const host = fromOwn ? own.host : forwarded;
    if (passedOn || host !== null) rewrite(incoming, host);
  };
}

/** The arrival that was recorded when the request was received. */
export function arrivalOf(incoming: IncomingMessage): Arrival {
  const address = incoming.socket?.remoteAddress ?? 'unknown';
  return arrivals.get(incoming) ?? { clientAddress: address, passedOn: false };
}

function trustOf(trusted: TrustedProxies): (address: string, hop: number) => boolean {
  if ('hops' in trusted) return (_, hop) => hop < trusted.hops;
  const list = listOf(trusted.networks);
  return (address) => {
    const bare = address.replace(/^::ffff:(?=\d+\.)/i, '');
    return isIP(bare) !== 0 && list.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
  };
}

function listOf(networks: string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [, address = '', bits] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(network) ?? [];
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return list;
}

/**
 * The addresses in a header, nearest last, as proxies append. Anything but an address ends the
 * chain, since its writer cannot be trusted.
 */
function addressesIn(header: string | string[] | undefined): string[] {
  const parts = String(header ?? '')
    .split(',')
    .map((part) => part.trim().replace(/^\[(.+)\](?::\d+)?$|^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1$2'));
  const wrong = parts.findLastIndex((part) => isIP(part) === 0);
  return parts.slice(wrong + 1);
}

function hostIn(header: string | string[] | undefined): string | null {
  const host = String(header ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  return host && /^([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i.test(host) ? host : null;
}

/** Rewrites raw and parsed headers: Hono reads the former, other code the latter. */
function rewrite(incoming: IncomingMessage, host: string | null): void {
  const raw: string[] = [];
  for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = incoming.rawHeaders.slice(at, at + 2);
    const known = name.toLowerCase();
    if (proxyHeaders.has(known)) delete incoming.headers[known];
    else raw.push(name, host && known === 'host' ? host : value);
  }
  incoming.rawHeaders.splice(0, incoming.rawHeaders.length, ...raw);
  if (host) incoming.headers.host = host;
}
