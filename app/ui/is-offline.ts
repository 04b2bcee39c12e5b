/** Tells whether a request failed without a network, from what `fetch` throws in each browser. */
export function isOffline(error: unknown): boolean {
  return error instanceof TypeError && /fetch|network|load failed/i.test(error.message);
}
