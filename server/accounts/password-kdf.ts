import type { PasswordKdf } from '#core/accounts/password-record.ts';
import type { Bytes } from '#core/bytes.ts';
import { currentKdfParams, type KdfParams } from '#core/crypto/index.ts';
import { DAY } from '#core/durations.ts';
import type { Deps } from '../deps.ts';
import type { User } from './user.store.ts';

/** Salt and cost of an account's password. For a name nobody has they are made up, and change as rarely as real ones do. */
export async function passwordKdf(
  deps: Pick<Deps, 'serverKeys' | 'now'>,
  username: string,
  user: User | null,
): Promise<PasswordKdf> {
  // Made for known names too, so that the time tells nothing.
  const salt = await madeUpSalt(deps, username);
  if (!user) return { salt, params: currentKdfParams };
  return { salt: user.kdfSalt, params: kdfParamsOf(user) };
}

/** How often somebody may change a password, ms: half a year, and every second time nothing happens. */
const changePeriod = 182 * DAY;
/** Before this period made-up salts never changed: they stay until their first change, as real ones do. */
const firstPeriod = Math.floor(Date.UTC(2026, 11, 1) / changePeriod);

/**
 * A salt that stays the same for months and is then another one, at a moment of each name's own. With one for ever, a name
 * whose salt has changed once would be told apart as somebody's.
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

/** What an account's password costs. */
export function kdfParamsOf({ kdfMemoryKiB, kdfIterations, kdfParallelism }: User): KdfParams {
  return { memoryKiB: kdfMemoryKiB, iterations: kdfIterations, parallelism: kdfParallelism };
}
