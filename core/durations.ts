/** Lengths of time in milliseconds, as timers and `Date` count. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Converts to seconds, for cookies, HTTP headers, rate limits and job retention. */
export function inSeconds(milliseconds: number): number {
  return milliseconds / SECOND;
}
