import { MINUTE } from '#core/durations.ts';
import type { Context } from '../context.ts';
import { changeFactor } from './change-factor.ts';

/** How long a browser has to answer, ms. */
const PENDING = 5 * MINUTE;

/**
 * The purpose of the answer. To `make` a passkey somebody must have proven everything; to `use` one, anybody logged
 * in may ask.
 */
type Purpose = 'make' | 'use';

/** Remembers what the browser of somebody who is logged in was asked. A new question takes the place of the last. */
export async function keepQuestion(
  ctx: Context,
  userId: string,
  purpose: Purpose,
  challenge: string,
): Promise<void> {
  const fields = {
    passkeyChallenge: `${purpose}:${challenge}`,
    passkeyUntil: new Date(ctx.now().getTime() + PENDING),
  };
  await changeFactor(ctx, userId, () => ({ result: null, fields }));
}

/** Uses the question up, whatever comes of the answer; null when there is none, it is too old, or was for something else. */
export async function takeQuestion(ctx: Context, userId: string, purpose: Purpose): Promise<string | null> {
  const asked = await changeFactor(ctx, userId, ({ passkeyChallenge, passkeyUntil }) => ({
    result: passkeyUntil && passkeyUntil > ctx.now() ? passkeyChallenge : null,
    fields: { passkeyChallenge: null, passkeyUntil: null },
  }));
  return asked?.startsWith(`${purpose}:`) ? asked.slice(purpose.length + 1) : null;
}
