import { isIPv4, isIPv6 } from 'node:net';

/**
 * Shortens a network address: enough for its owner to recognise it, too little to identify a
 * household. Keeps two of the four numbers of IPv4, and the first 32 bits of IPv6 (a provider's
 * allocation). Null when there is nothing to show.
 */
export function coarseAddress(address: string | undefined): string | null {
  const text = address?.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '') ?? '';
  if (isIPv4(text)) {
    const [first, second] = text.split('.');
    if (first === '127') return 'this machine';
    if (isPrivate(Number(first), Number(second))) return 'the local network';
    return `${first}.${second}.x.x`;
  }
  if (!isIPv6(text)) return null;
  const normal = text.toLowerCase();
  if (normal === '::1') return 'this machine';
  if (/^f([cd]|e[89ab])/.test(normal)) return 'the local network';
  const [head = '', tail] = normal.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) groups.push('0', '0');
  return `${groups[0] ?? '0'}:${groups[1] ?? '0'}:…`;
}

/** RFC 1918 and RFC 3927. */
function isPrivate(first: number, second: number): boolean {
  return (
    first === 10 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254)
  );
}
