import type { Context } from 'hono';
import { networkOf } from '../limits/network-of.ts';
import { type BodyKind, holdBody, SMALL_BODY_BYTES } from '../memory/hold-body.ts';
import { readBody } from '../queue/read-body.ts';
import type { App } from './app.ts';
import { arrivalOf } from './proxies.ts';

/** The longest letter, escaped twice, with a margin. */
const CALL_BYTES = 2_000_000;
/**
 * A photo of 10 MB as base64, with a margin. Only for a procedure that takes photos, called alone.
 */
const PHOTO_CALL_BYTES = 14_000_000;
const takesPhotos = new Set(['/api/trpc/photos.upload']);

interface ReceivedBody {
  /** Releases the memory, once nothing refers to the body any more. */
  release(): void;
}

/**
 * Limits the body of a call and waits until there is memory for it: see hold-body.ts. Pages do both
 * where they read their bodies. Comes after the account's turn, there too: in another order the two
 * would deadlock.
 *
 * @returns an answer when the body is too large, or no memory became free
 */
export async function receiveBody(
  c: Context<App>,
  isLoggedIn: () => Promise<boolean>,
): Promise<Response | ReceivedBody> {
  const { path, raw } = c.req;
  if (!path.startsWith('/api/trpc/') || raw.body === null) return { release() {} };
  const kind: BodyKind = takesPhotos.has(path) ? 'photos' : 'words';
  const maxBytes = kind === 'photos' ? PHOTO_CALL_BYTES : CALL_BYTES;
  const announced = c.req.header('content-length');
  const isChunked = announced === undefined || c.req.header('transfer-encoding') !== undefined;
  const length = isChunked ? maxBytes : Number(announced);
  if (length > maxBytes) return bodyTooLarge(c);
  if (kind === 'photos' && !(await isLoggedIn())) {
    // The procedure refuses without reading the body.
    if (!isChunked) return { release() {} };
    hangUpSoon(c);
    return c.text('Please log in first.', 401);
  }
  const held = length > SMALL_BODY_BYTES ? await hold(c, kind, length) : { release() {} };
  if (!held) return c.text('The server is busy right now. Please try again in a minute.', 503);
  if (!isChunked) return held;
  const refusal = await readChunks(c, maxBytes).catch((error: unknown) => {
    held.release();
    throw error;
  });
  if (refusal) held.release();
  return refusal ?? held;
}

/** Closes a connection after its answer, because the client may keep sending without end. */
function hangUpSoon({ env: { incoming, outgoing } }: Context<App>): void {
  outgoing.once('finish', () => setTimeout(() => incoming.destroy(), 50).unref());
}

function hold(c: Context<App>, kind: BodyKind, length: number) {
  const { incoming, outgoing } = c.env;
  const before = incoming.socket.bytesRead;
  return holdBody(networkOf(arrivalOf(incoming).clientAddress), kind, {
    // As bytes, as text, and as the parsed text.
    bytes: 3 * length,
    arrived: () => (incoming.complete ? null : incoming.socket.bytesRead - before),
    evict: () => incoming.destroy(),
    isGone: () => outgoing.closed || outgoing.destroyed,
  });
}

/**
 * Reads a body without a length, up to its limit. Hono's own `bodyLimit` cannot: it makes a new
 * `Request` from the Node server's light one, which the global constructor rejects.
 */
async function readChunks(c: Context<App>, maxBytes: number): Promise<Response | null> {
  const { raw } = c.req;
  const body = await readBody(raw, maxBytes).catch(() => null);
  // The client has gone, so there is no reader for an answer.
  if (body === null) return c.body(null, 400);
  if (!body) return bodyTooLarge(c);
  const { url, method, headers, signal } = raw;
  c.req.raw = new Request(url, { method, headers, signal, body: body.length > 0 ? body : null });
  return null;
}

function bodyTooLarge(c: Context): Response {
  return c.text('That’s larger than this address accepts.', 413);
}
