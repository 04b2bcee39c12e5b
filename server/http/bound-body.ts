import type { Context, MiddlewareHandler } from 'hono';
import { readBody } from '../queue/read-body.ts';

/**
 * Refuses a body of more than `maxBytes` with 413. A body without a length (chunked) is read here, up to the limit.
 * Hono's own `bodyLimit` fails at that: it makes a new `Request` from the light one of its Node server, which the
 * global constructor does not accept.
 */
export function boundBody(maxBytes: number): MiddlewareHandler {
  return async (c, next) => {
    const { raw } = c.req;
    if (raw.body === null) return next();
    const length = c.req.header('content-length');
    if (length !== undefined && c.req.header('transfer-encoding') === undefined) {
      return Number(length) > maxBytes ? tooMuch(c) : next();
    }
    const body = await readBody(raw, maxBytes).catch(() => null);
    // The sender has gone, and with it whoever would read an answer.
    if (body === null) return c.body(null, 400);
    if (!body) return tooMuch(c);
    const { url, method, headers, signal } = raw;
    c.req.raw = new Request(url, { method, headers, signal, body: body.length > 0 ? body : null });
    return next();
  };
}

function tooMuch(c: Context): Response {
  return c.text('That is more than this address takes.', 413);
}
