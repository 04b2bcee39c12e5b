import { RateLimiterRes } from 'rate-limiter-flexible';
import RateLimiterStoreAbstract from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js';
import type { Rule } from './rules.ts';
import type { TryCount, TryCountStore } from './try-count.store.ts';

/**
 * Connects the library's limiter to our store, so that counts survive a restart and are shared by
 * all processes on one database. Keys are document ids. An exhausted key is blocked in memory until
 * its time is over, so that a flood of attempts costs no query.
 */
export class StoredLimiter extends RateLimiterStoreAbstract {
  readonly #counts: TryCountStore;

  constructor(counts: TryCountStore, rule: Omit<Rule, 'step'>) {
    super({ ...rule, keyPrefix: '', inMemoryBlockOnConsumed: rule.points + 1, storeClient: null });
    this.#counts = counts;
  }

  /** @throws {RateLimiterRes} when the key is known to be exhausted; makes no query. */
  refuseBlocked(id: string): void {
    const ms = this.getInMemoryBlockMsBeforeExpire(id);
    if (ms > 0) throw new RateLimiterRes(0, ms);
  }

  /** The library's hook for adding points or, with `replace`, setting them. */
  async _upsert(id: string, points: number, ms: number, replace = false): Promise<TryCount> {
    const now = Date.now();
    const expiresAt = new Date(now + ms);
    if (!replace) return this.#counts.add(id, points, new Date(now), expiresAt);
    await this.#counts.set(id, points, expiresAt);
    return { id, points, expiresAt };
  }

  _get(id: string): Promise<TryCount | null> {
    return this.#counts.find(id, new Date());
  }

  _delete(id: string): Promise<boolean> {
    return this.#counts.delete(id);
  }

  _getRateLimiterRes(_id: string, added: number, { points, expiresAt }: TryCount): RateLimiterRes {
    const left = Math.max(0, this.points - points);
    const ms = Math.max(0, expiresAt.getTime() - Date.now());
    return new RateLimiterRes(left, ms, points, points === added);
  }
}
