import { privateHeaders } from './errors.server.ts';

/** A decrypted photo as an answer: kept by no cache, and never taken for anything but a picture. */
export function photoResponse(photo: { bytes: Uint8Array<ArrayBuffer>; mediaType: string }): Response {
  return new Response(photo.bytes, {
    headers: {
      ...privateHeaders,
      'Content-Type': photo.mediaType,
      'Content-Length': String(photo.bytes.byteLength),
      'Content-Disposition': 'inline',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** A sealed photo as an answer, for the page's script: nothing that a browser would show. */
export function sealedPhotoResponse({ bytes }: { bytes: Uint8Array<ArrayBuffer> }): Response {
  const response = photoResponse({ bytes, mediaType: 'application/octet-stream' });
  response.headers.set('Content-Disposition', 'attachment');
  return response;
}

/** Which photo an address means; an `n` that is no number becomes -1, which no photo has. */
export function photoOf(params: { id?: string; n?: string }, url: string) {
  const size = new URL(url).searchParams.get('size') === 'preview' ? ('preview' as const) : ('full' as const);
  return { id: params.id ?? '', n: /^\d{1,2}$/.test(params.n ?? '') ? Number(params.n) : -1, size };
}
