import { isLoopback } from '#core/is-loopback.ts';
import type { Arrival } from './proxies.ts';

/**
 * Whether a request to a server on a loopback address really comes from this machine. It must use a
 * loopback name, which a site pointed here does not (DNS rebinding), and no proxy may have passed
 * it on.
 */
export function isForThisMachine(request: Request, { passedOn }: Arrival): boolean {
  const host = URL.parse(`http://${request.headers.get('host') ?? ''}`)?.hostname.replace(/^\[|\]$/g, '');
  return host !== undefined && isLoopback(host) && !passedOn;
}
