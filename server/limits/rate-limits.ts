import { RateLimiterRes } from 'rate-limiter-flexible';
import type { ServerKeys } from '../crypto/server-keys.ts';
import { createLogInGuard, type LogInTry } from './guard-log-in.ts';
import { networkOf } from './network-of.ts';
import { type RateRule, type Rule, rules } from './rules.ts';
import { StoredLimiter } from './stored-limiter.ts';
import { tooManyTries } from './too-many-tries.ts';
import type { TryCountStore } from './try-count.store.ts';

export interface RateLimits {
  /**
   * Counts one attempt, or several at once.
   *
   * @param key what the rule counts by: an account's name or id, or a network address
   * @throws {AppError} `too-many-requests` with `retryAfterS` when the rule's points are used up.
   */
  count(rule: RateRule, key: string, attempts?: number): Promise<void>;
  /** Resets the count after a success, so that a user who mistyped twice starts over. */
  forget(rule: RateRule, key: string): Promise<void>;
  /**
   * Runs one login attempt. Failures, recognised by `unauthenticated`, make the next attempt wait
   * longer and longer.
   *
   * @throws {AppError} `too-many-requests` with `retryAfterS`, without running it, while an attempt
   *   has to wait.
   */
  guardLogIn<Result>(attempt: LogInTry, run: () => Promise<Result>): Promise<Result>;
}

/** Creates rate limits that count in the database, under keys that identify nobody. */
export function createRateLimits(counts: TryCountStore, serverKeys: ServerKeys): RateLimits {
  const limiters = new Map(
    Object.entries<Rule>(rules).map(([name, rule]) => [name, limitBySteps(counts, rule)]),
  );
  const limiterOf = (rule: RateRule) => {
    const limiter = limiters.get(rule);
    if (!limiter) throw new Error(`no such rate limit: ${rule}`);
    return limiter;
  };
  const idOf = (rule: RateRule, key: string) =>
    serverKeys.limitId(`${rule}:${rule.endsWith('by address') ? networkOf(key) : key}`);

  const count: RateLimits['count'] = async (rule, key, attempts = 1) => {
    try {
      await limiterOf(rule).count(await idOf(rule, key), attempts);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw tooManyTries(refusal.msBeforeNext);
    }
  };
  return {
    count,
    forget: async (rule, key) => limiterOf(rule).forget(await idOf(rule, key)),
    guardLogIn: createLogInGuard(counts, serverKeys, (address) => count('log-in by address', address)),
  };
}

/**
 * How many keys may have uncounted attempts in memory; beyond that, attempts are dropped to save
 * memory.
 */
const MAX_PENDING = 10_000;

function limitBySteps(counts: TryCountStore, { step = 1, ...rule }: Rule) {
  const limiter = new StoredLimiter(counts, rule);
  const pending = new Map<string, number>();
  return {
    async count(id: string, attempts: number): Promise<void> {
      const tries = (pending.get(id) ?? 0) + attempts;
      if (tries >= step) {
        pending.delete(id);
        await limiter.consume(id, tries);
        return;
      }
      if (pending.size >= MAX_PENDING) pending.clear();
      pending.set(id, tries);
      limiter.refuseBlocked(id);
    },
    async forget(id: string): Promise<void> {
      pending.delete(id);
      await limiter.delete(id);
    },
  };
}
