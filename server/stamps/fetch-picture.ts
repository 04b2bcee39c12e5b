import type { Bytes } from '#core/bytes.ts';
import { type PhotoKind, sniffPhoto } from '#core/photos/sniff-photo.ts';
import { type Guard, guardedRequest } from './guarded-request.ts';
import { PainterRefused, PainterUnavailable } from './stamp-painter.ts';

const PICTURE_BYTES = 5_000_000;
const REDIRECTS = 3;
const kinds: readonly PhotoKind[] = ['jpeg', 'png', 'gif', 'webp', 'avif'];

/**
 * Fetches a picture from an address the service names. Allows https, the usual port, public
 * addresses, at most three redirects under the same rules, and 5 MB; the content must be a picture,
 * whatever its declared type. Sends no credentials.
 *
 * @throws {PainterRefused}
 * @throws {PainterUnavailable}
 */
export async function fetchPicture(address: string, guard: Guard): Promise<Bytes> {
  let url = parseUrl(address);
  for (let redirects = 0; ; redirects += 1) {
    assertPlain(url, guard);
    const answer = await guardedRequest(
      url,
      { method: 'GET', headers: { accept: 'image/*' }, maxBytes: PICTURE_BYTES },
      guard,
    );
    const { status, location, body } = answer;
    if (status >= 300 && status < 400 && location !== undefined) {
      if (redirects === REDIRECTS) throw new PainterRefused('too-many-redirects');
      url = parseUrl(location, url);
      continue;
    }
    if (status !== 200) throw refusedWith('picture', status);
    if (!kinds.includes(sniffPhoto(body))) throw new PainterRefused('not-a-picture');
    return body;
  }
}

/** Decides by the HTTP status whether trying again may help. */
export function refusedWith(whose: 'service' | 'picture', status: number): Error {
  const mayPass = status === 408 || status === 425 || status === 429 || status >= 500;
  const code = `${whose}-${status}`;
  return mayPass ? new PainterUnavailable(code) : new PainterRefused(code);
}

function assertPlain(url: URL, { loopbackOrigin }: Guard): void {
  if (url.origin === loopbackOrigin) return;
  if (url.protocol !== 'https:') throw new PainterRefused('insecure');
  if (url.port !== '' || url.username !== '' || url.password !== '') throw new PainterRefused('odd-address');
}

function parseUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base);
  if (!url) throw new PainterRefused('odd-address');
  return url;
}
