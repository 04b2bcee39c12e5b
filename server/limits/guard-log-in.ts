import { RateLimiterRes } from 'rate-limiter-flexible';
import { DAY, HOUR, inSeconds, MINUTE } from '#core/durations.ts';
import type { ServerKeys } from '../crypto/server-keys.ts';
import { AppError } from '../errors.ts';
import { networkOf } from './network-of.ts';
import { StoredLimiter } from './stored-limiter.ts';
import { tooManyTries } from './too-many-tries.ts';
import type { TryCountStore } from './try-count.store.ts';

export interface LogInTry {
  /** The name that was typed, whether or not anybody has it. */
  username: string;
  /** Where the try comes from. */
  address: string;
  /** The id of a device on which this account was logged in before; null for any other. */
  device: string | null;
}

/** Wrong passwords for one name from one place that cost nothing. */
const FREE_ATTEMPTS = 4;
const MAX_WAIT_S = inSeconds(15 * MINUTE);
/** Wrong passwords an hour for one name from everywhere, until those who failed before wait longer. */
const GLOBAL_THRESHOLD = 30;
const MAX_GLOBAL_WAIT_S = inSeconds(MINUTE);
/** Wrong passwords an hour for one name from all its known devices together, until none of them counts as known. */
const FROM_KNOWN_DEVICES = 20;

/** Seconds to wait after the nth wrong password for a name from one place: 2, 4, 8 … 15 minutes. */
export function waitAfter(failures: number): number {
  return failures <= FREE_ATTEMPTS ? 0 : Math.min(MAX_WAIT_S, 2 ** (failures - FREE_ATTEMPTS));
}

/** The same for all places together, but gentler, and only for a place that has failed already. */
export function globalWaitAfter(failures: number): number {
  return failures <= GLOBAL_THRESHOLD
    ? 0
    : Math.min(MAX_GLOBAL_WAIT_S, 2 ** Math.floor((failures - GLOBAL_THRESHOLD) / 10));
}

/**
 * Log-in with a growing delay. What is counted is a name from a place, so that a stranger's failures never keep the
 * owner out: the first try from any other place is always let through, and a device on which the owner has logged in
 * before is a place of its own, even behind the stranger's address. Unknown names are counted like all others.
 */
export function createLogInGuard(
  counts: TryCountStore,
  serverKeys: ServerKeys,
  countAddress: (address: string) => Promise<void>,
) {
  const failures = new StoredLimiter(counts, { points: 1, duration: inSeconds(DAY) });
  const siege = new StoredLimiter(counts, { points: 1, duration: inSeconds(HOUR) });
  const familiar = new StoredLimiter(counts, { points: 1, duration: inSeconds(HOUR) });
  const pauses = new StoredLimiter(counts, { points: 1, duration: MAX_WAIT_S });

  return async <Result>({ username, address, device: shown }: LogInTry, run: () => Promise<Result>) => {
    const familiarId = await serverKeys.limitId(`log-in from known devices of:${username}`);
    // Names of devices can be stolen, or collected by somebody who knew the password: all of them share one count.
    const fromKnown = shown ? (await familiar.penalty(familiarId)).consumedPoints : 0;
    const device = fromKnown > FROM_KNOWN_DEVICES ? null : shown;
    // A stranger at the same address could use this up, too.
    if (!device) await countAddress(address);
    const place = `${username}@${device ?? networkOf(address)}`;
    const [placeId, pauseId, nameId] = await Promise.all(
      [`log-in from:${place}`, `log-in pause:${place}`, `log-in of:${username}`].map(serverKeys.limitId),
    );
    if (!placeId || !pauseId || !nameId) throw new Error('no ids');

    const pause = await pauses.get(pauseId);
    if (pause && pause.consumedPoints > 0) {
      if (shown) await familiar.reward(familiarId);
      throw tooManyTries(pause.msBeforeNext);
    }
    // Counted before the password is looked at, or many tries at once would all be the first.
    const here = (await failures.penalty(placeId)).consumedPoints;
    const everywhere = device ? 0 : (await siege.penalty(nameId)).consumedPoints;
    const takeBack = async () => {
      if (shown) await familiar.reward(familiarId);
      await failures.reward(placeId);
      if (!device) await siege.reward(nameId);
    };

    const wait = Math.max(waitAfter(here), here > 1 ? globalWaitAfter(everywhere) : 0);
    if (wait > 0) {
      try {
        await pauses.consume(pauseId, 1, { customDuration: wait });
      } catch (refusal) {
        await takeBack();
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw tooManyTries(refusal.msBeforeNext);
      }
    }
    try {
      const result = await run();
      await Promise.all([failures.delete(placeId), pauses.delete(pauseId)]);
      if (!device) await siege.reward(nameId);
      if (shown) await familiar.reward(familiarId);
      return result;
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthenticated') throw error;
      // The password was not looked at.
      await takeBack();
      if (wait > 0) await pauses.delete(pauseId);
      throw error;
    }
  };
}
