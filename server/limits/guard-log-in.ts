import { RateLimiterRes } from 'rate-limiter-flexible';
import { DAY, HOUR, inSeconds, MINUTE } from '#core/durations.ts';
import type { ServerKeys } from '../crypto/server-keys.ts';
import { AppError } from '../errors.ts';
import { networkOf } from './network-of.ts';
import { StoredLimiter } from './stored-limiter.ts';
import { tooManyTries } from './too-many-tries.ts';
import type { TryCountStore } from './try-count.store.ts';

export interface LogInTry {
  /** The name as typed, whether or not it exists. */
  username: string;
  address: string;
  /** The id of a device this account was logged in on before; null for any other. */
  device: string | null;
}

/** Free wrong passwords for one name from one client. */
const FREE_ATTEMPTS = 4;
const MAX_WAIT_S = inSeconds(15 * MINUTE);
/** Wrong passwords an hour for one name from all clients, before failing clients wait longer. */
const GLOBAL_THRESHOLD = 30;
const MAX_GLOBAL_WAIT_S = inSeconds(MINUTE);
/**
 * Wrong passwords an hour for one name from all its known devices, before none of them counts as
 * known.
 */
const FROM_KNOWN_DEVICES = 20;

/**
 * Seconds to wait after the nth wrong password for a name from one client: 2, 4, 8 … 15 minutes.
 */
export function waitAfter(failures: number): number {
  return failures <= FREE_ATTEMPTS ? 0 : Math.min(MAX_WAIT_S, 2 ** (failures - FREE_ATTEMPTS));
}

/**
 * Seconds to wait by the failures of all clients together: gentler, and only for a client that has
 * already failed.
 */
export function globalWaitAfter(failures: number): number {
  return failures <= GLOBAL_THRESHOLD
    ? 0
    : Math.min(MAX_GLOBAL_WAIT_S, 2 ** Math.floor((failures - GLOBAL_THRESHOLD) / 10));
}

/**
 * Delays logins after failures. Counts by name and client, so that a stranger's failures never lock
 * the owner out: the first attempt from any other client is always allowed. A known device is a
 * client of its own, even behind the stranger's address. Unknown names are counted like all others.
 */
export function createLogInGuard(
  counts: TryCountStore,
  serverKeys: ServerKeys,
  countAddress: (address: string) => Promise<void>,
) {
  const failures = new StoredLimiter(counts, { points: 1, duration: inSeconds(DAY) });
  const distributedFailures = new StoredLimiter(counts, { points: 1, duration: inSeconds(HOUR) });
  const familiar = new StoredLimiter(counts, { points: 1, duration: inSeconds(HOUR) });
  const pauses = new StoredLimiter(counts, { points: 1, duration: MAX_WAIT_S });

  return async <Result>({ username, address, device: claimed }: LogInTry, run: () => Promise<Result>) => {
    const familiarId = await serverKeys.limitId(`log-in from known devices of:${username}`);
    // Device names can be stolen, or collected with the password, so all of them share one count.
    const fromKnown = claimed ? (await familiar.penalty(familiarId)).consumedPoints : 0;
    const device = fromKnown > FROM_KNOWN_DEVICES ? null : claimed;
    // A stranger at the same address could use this limit up, so known devices are exempt.
    if (!device) await countAddress(address);
    const clientKey = `${username}@${device ?? networkOf(address)}`;
    const [clientKeyId, pauseId, nameId] = await Promise.all(
      [`log-in from:${clientKey}`, `log-in pause:${clientKey}`, `log-in of:${username}`].map(
        serverKeys.limitId,
      ),
    );
    if (!clientKeyId || !pauseId || !nameId) throw new Error('no ids');

    const pause = await pauses.get(pauseId);
    if (pause && pause.consumedPoints > 0) {
      if (claimed) await familiar.reward(familiarId);
      throw tooManyTries(pause.msBeforeNext);
    }
    // Counted before the password is checked; otherwise many concurrent attempts would all be the
    // first.
    const here = (await failures.penalty(clientKeyId)).consumedPoints;
    const everywhere = device ? 0 : (await distributedFailures.penalty(nameId)).consumedPoints;
    const takeBack = async () => {
      if (claimed) await familiar.reward(familiarId);
      await failures.reward(clientKeyId);
      if (!device) await distributedFailures.reward(nameId);
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
      await Promise.all([failures.delete(clientKeyId), pauses.delete(pauseId)]);
      if (!device) await distributedFailures.reward(nameId);
      if (claimed) await familiar.reward(familiarId);
      return result;
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthenticated') throw error;
      // The password was not checked.
      await takeBack();
      if (wait > 0) await pauses.delete(pauseId);
      throw error;
    }
  };
}
