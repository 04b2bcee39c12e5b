import { isIP } from 'node:net';
import { isLoopback } from '#core/is-loopback.ts';

/**
 * The relation of a request's `Host` to this installation:
 * - `own`: the name in `APP_URL`, or a name of this machine;
 * - `private`: another address or name of a private network, as a proxy or a neighbour may use;
 * - `foreign`: any other name. Its owner can point it at this machine and let their own pages read
 *   the answers (DNS rebinding).
 */
type HostKind = 'own' | 'private' | 'foreign';

/**
 * Top-level domains that cannot be registered (RFC 6761, 6762, 8375; ICANN resolution
 * 2024.07.29.06).
 */
const privateNames = /(^|\.)(localhost|local|internal|home\.arpa)$/;

/** @param host as in the header, with or without a port */
export function hostKindOf(host: string | undefined, appUrl: string): HostKind {
  const name = hostnameOf(host ?? '');
  if (name === null) return 'foreign';
  if (name === hostnameOf(new URL(appUrl).host) || isLoopback(name)) return 'own';
  return isIP(name) !== 0 || !name.includes('.') || privateNames.test(name) ? 'private' : 'foreign';
}

/** The name in a `Host`, in lower case and without its port; null if there is none. */
export function hostnameOf(host: string): string | null {
  if (!/^[^/?#@\\]+$/.test(host)) return null;
  const name = URL.parse(`http://${host}`)?.hostname.replace(/^\[|\]$|\.$/g, '');
  return name || null;
}
