import { privateHeaders } from './errors.server.ts';

/** Responds with a decrypted photo: uncacheable, and never sniffed as anything but an image. */
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

/** Responds with a sealed photo for the page's script, as nothing a browser would display. */
export function sealedPhotoResponse({ bytes }: { bytes: Uint8Array<ArrayBuffer> }): Response {
  const response = photoResponse({ bytes, mediaType: 'application/octet-stream' });
  response.headers.set('Content-Disposition', 'attachment');
  return response;
}

/** Reads the photo from an address; an invalid `n` becomes -1, which no photo has. */
export function photoOf(params: { id?: string; n?: string }, url: string) {
  const size = new URL(url).searchParams.get('size') === 'preview' ? ('preview' as const) : ('full' as const);
  return { id: params.id ?? '', n: /^\d{1,2}$/.test(params.n ?? '') ? Number(params.n) : -1, size };
}
