import { MINUTE } from '#core/durations.ts';
import type { Context } from '../context.ts';
import { changeFactor } from './change-factor.ts';

const PENDING = 5 * MINUTE;

/**
 * The purpose of the answer. Creating a passkey (`make`) requires full proof; any logged-in user
 * may ask for `use`.
 */
type Purpose = 'make' | 'use';

/** Stores the challenge sent to a logged-in user's browser; replaces the last one. */
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

/**
 * Uses the challenge up, whatever the answer; null when there is none, or it has expired or another
 * purpose.
 */
export async function takeQuestion(ctx: Context, userId: string, purpose: Purpose): Promise<string | null> {
  const asked = await changeFactor(ctx, userId, ({ passkeyChallenge, passkeyUntil }) => ({
    result: passkeyUntil && passkeyUntil > ctx.now() ? passkeyChallenge : null,
    fields: { passkeyChallenge: null, passkeyUntil: null },
  }));
  return asked?.startsWith(`${purpose}:`) ? asked.slice(purpose.length + 1) : null;
}
