/**
 * The library declares its base class for stores as an export of its entry, but has it in a
 * separate file.
 */
declare module 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js' {
  import type { IRateLimiterStoreOptions } from 'rate-limiter-flexible';
  import { RateLimiterStoreAbstract } from 'rate-limiter-flexible';

  export default class extends RateLimiterStoreAbstract {
    constructor(options: IRateLimiterStoreOptions);
    /** How long a key stays refused without asking the store, ms; 0 when it is not. */
    getInMemoryBlockMsBeforeExpire(key: string): number;
  }
}
