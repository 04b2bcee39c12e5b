import type { Handler } from 'hono';
import { DAY, inSeconds } from '#core/durations.ts';
import { drawStamp } from '#core/stamps/draw-stamp.ts';

/** Cached, because lists show twenty stamps, the same ones again and again. */
const headers = {
  'content-type': 'image/svg+xml; charset=utf-8',
  'cache-control': `private, max-age=${inSeconds(30 * DAY)}, immutable`,
};

/**
 * Answers `/stamps/:seed.svg`: the stamp drawn from a letter's hash, 64 hex digits. Needs no login,
 * since anyone who knows the hash could draw it. Lists have their own alternative text.
 */
export const drawnStamp: Handler = (c) => {
  const [, seed] = /\/([0-9a-f]{64})\.svg$/.exec(c.req.path) ?? [];
  if (!seed) return c.text('This stamp doesn’t exist.', 404, { 'cache-control': 'no-store' });
  return c.body(drawStamp(seed, { label: 'A stamp' }).svg, 200, headers);
};
