import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors.ts';

const minute = 60;
const hour = 60 * minute;

/** How many attempts are let through in how many seconds, and by what they are counted. */
const rules = {
  'log-in by account': { points: 10, duration: 15 * minute },
  'log-in by address': { points: 100, duration: 15 * minute },
  'join by address': { points: 30, duration: hour },
  'friend code by account': { points: 30, duration: hour },
  'friend code by address': { points: 60, duration: hour },
  'verification by address': { points: 60, duration: hour },
  'verification mail by account': { points: 5, duration: hour },
  'reset by address': { points: 20, duration: hour },
  'reset by token': { points: 10, duration: hour },
  'password again by account': { points: 10, duration: 15 * minute },
  'mobile code by account': { points: 5, duration: hour },
  'mobile code by number': { points: 5, duration: 24 * hour },
  'mobile code by address': { points: 20, duration: hour },
  'mobile code tried by account': { points: 30, duration: hour },
  'feedback by address': { points: 10, duration: hour },
  'letters by account': { points: 120, duration: hour },
  'photos by account': { points: 480, duration: hour },
  'drafts by account': { points: 1200, duration: hour },
} as const;

export type RateRule = keyof typeof rules;

export interface RateLimits {
  /**
   * Counts one attempt.
   *
   * @param key what the rule counts by: an account's name or id, or a network address.
   * @throws {AppError} `too-many-requests` with `retryAfterS` when the rule's points are used up.
   */
  count(rule: RateRule, key: string): Promise<void>;
  /** Forgets the attempts after a success, so that a person who mistyped twice starts afresh. */
  forget(rule: RateRule, key: string): Promise<void>;
}

/** Rate limits kept in this process's memory. */
export function createRateLimits(): RateLimits {
  const limiters = new Map(
    Object.entries(rules).map(([name, rule]) => [name, new RateLimiterMemory({ keyPrefix: name, ...rule })]),
  );
  const limiterOf = (rule: RateRule): RateLimiterMemory => {
    const limiter = limiters.get(rule);
    if (!limiter) throw new Error(`no such rate limit: ${rule}`);
    return limiter;
  };
  return {
    async count(rule, key) {
      try {
        await limiterOf(rule).consume(key);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const retryAfterS = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
        throw new AppError('too-many-requests', `That was a lot of tries. ${waitSentence(retryAfterS)}`, {
          retryAfterS,
        });
      }
    },
    async forget(rule, key) {
      await limiterOf(rule).delete(key);
    },
  };
}

function waitSentence(seconds: number): string {
  if (seconds < 90) return 'Wait a minute and try again.';
  return `Try again in ${Math.ceil(seconds / minute)} minutes.`;
}
