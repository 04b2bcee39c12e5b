import type { PasswordKdf } from '#core/accounts/password-record.ts';
import type { Bytes } from '#core/bytes.ts';
import { currentKdfParams, type KdfParams } from '#core/crypto/index.ts';
import { DAY } from '#core/durations.ts';
import type { Deps } from '../deps.ts';
import type { User } from './user.store.ts';

/**
 * The salt and cost of an account's password. For an unknown name they are made up, and change as
 * rarely as real ones do.
 */
export async function passwordKdf(
  deps: Pick<Deps, 'serverKeys' | 'now'>,
  username: string,
  user: User | null,
): Promise<PasswordKdf> {
  // Computed for known names too, so that timing reveals nothing.
  const salt = await madeUpSalt(deps, username);
  if (!user) return { salt, params: currentKdfParams };
  return { salt: user.kdfSalt, params: kdfParamsOf(user) };
}

/**
 * How often a user might change their password, ms: half a year; a made-up salt changes in half of
 * these periods.
 */
const changePeriod = 182 * DAY;
/** The first period in which made-up salts change: until then they stay, as real ones do. */
const firstPeriod = Math.floor(Date.UTC(2026, 11, 1) / changePeriod);

/**
 * Makes up a salt that stays the same for months, then changes at a moment of each name's own. If
 * made-up salts never changed, a name whose salt did change would be known to have an account.
 */
async function madeUpSalt(
  { serverKeys, now }: Pick<Deps, 'serverKeys' | 'now'>,
  username: string,
): Promise<Bytes> {
  const time = now().getTime() / changePeriod;
  for (let period = Math.floor(time); period >= firstPeriod; period -= 1) {
    const draw = await serverKeys.fakeSalt(username, `draw${period}`);
    const [chance = 0, ...position] = draw;
    const moment = period + position.slice(0, 4).reduceRight((sum, byte) => (sum + byte) / 256, 0);
    if (chance < 128 && moment <= time) return serverKeys.fakeSalt(username, `salt${period}`);
  }
  return serverKeys.fakeSalt(username);
}

export function kdfParamsOf({ kdfMemoryKiB, kdfIterations, kdfParallelism }: User): KdfParams {
  return { memoryKiB: kdfMemoryKiB, iterations: kdfIterations, parallelism: kdfParallelism };
}
