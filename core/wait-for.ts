const EVERY_MS = 300;
const TRIES = 40;

/** Asks again while the answer is `wait`, for twelve seconds at most; then it is null. */
export async function waitFor<Answer>(ask: () => Promise<Answer | 'wait' | null>): Promise<Answer | null> {
  for (let tries = 0; tries < TRIES; tries++) {
    const answer = await ask();
    if (answer !== 'wait') return answer;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  return null;
}
