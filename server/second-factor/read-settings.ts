import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { factorsOf } from './factors-of.ts';
import { passkeysWorkAt } from './relying-party.ts';

export interface FactorSettings {
  /** Whether anything beside the password is asked for at log-in. */
  on: boolean;
  app: { since: Date | null } | null;
  codes: { left: number; since: Date | null } | null;
  passkeys: { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }[];
  /** False where this installation's address is none that passkeys could be made for. */
  passkeysAvailable: boolean;
}

/** What this person has set up beside the password; nothing in it opens anything. */
export async function readFactorSettings(ctx: Context, actor: Actor): Promise<FactorSettings> {
  const { on, factor, passkeys } = await factorsOf(ctx, actor.userId);
  return {
    on,
    app: factor.totpSecret ? { since: factor.totpSince } : null,
    codes: on ? { left: factor.codeMacs.length, since: factor.codesSince } : null,
    passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({ id, name, createdAt, lastUsedAt })),
    passkeysAvailable: passkeysWorkAt(ctx.env.APP_URL),
  };
}
