import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { factorsOf } from './factors-of.ts';
import { passkeysWorkAt } from './relying-party.ts';

export interface FactorSettings {
  on: boolean;
  app: { since: Date | null } | null;
  codes: { left: number; since: Date | null } | null;
  passkeys: { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }[];
  /** False when passkeys cannot be made for this installation's address. */
  passkeysAvailable: boolean;
}

/** Reads the second factors a user has set up; includes no secret. */
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
