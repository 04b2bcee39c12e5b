/** Whether a request failed because there was no network: what `fetch` throws then, in each browser's words. */
export function isOffline(error: unknown): boolean {
  return error instanceof TypeError && /fetch|network|load failed/i.test(error.message);
}
