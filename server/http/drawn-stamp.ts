import type { Handler } from 'hono';
import { DAY, inSeconds } from '#core/durations.ts';
import { drawStamp } from '#core/stamps/draw-stamp.ts';

/** A list has twenty of them, and shows the same ones again and again. */
const headers = {
  'content-type': 'image/svg+xml; charset=utf-8',
  'cache-control': `private, max-age=${inSeconds(30 * DAY)}, immutable`,
};

/**
 * `/stamps/:seed.svg`: the stamp drawn from a letter's hash, 64 hex digits. It needs no log-in, since anybody who
 * knows the hash could draw it themselves. Lists describe it in words of their own.
 */
export const drawnStamp: Handler = (c) => {
  const [, seed] = /\/([0-9a-f]{64})\.svg$/.exec(c.req.path) ?? [];
  if (!seed) return c.text('This stamp doesn’t exist.', 404, { 'cache-control': 'no-store' });
  return c.body(drawStamp(seed, { label: 'A stamp' }).svg, 200, headers);
};
