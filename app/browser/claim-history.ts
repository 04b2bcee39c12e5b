/** Handles a move in the history; returns whether it has, so that the router must not. */
type Claim = (event: PopStateEvent) => boolean;

let current: Claim | null = null;

/**
 * Listens to moves in the history before the router does. Browsers call a window's listeners in the
 * order they were added, so this must run before the router starts.
 */
export function listenBeforeRouter(): void {
  addEventListener('popstate', (event) => {
    if (current?.(event)) event.stopImmediatePropagation();
  });
}

/**
 * Lets something over a page, such as a photo viewer, have history entries of its own.
 *
 * @returns a function that ends the claim
 */
export function claimHistory(claim: Claim): () => void {
  current = claim;
  return () => {
    if (current === claim) current = null;
  };
}
