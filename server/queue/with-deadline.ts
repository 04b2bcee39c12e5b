/**
 * Stops waiting after `ms`. The operation may still happen later, so it must be safe to repeat.
 *
 * @throws an error with `message` when the time is up
 */
export async function withDeadline<Value>(
  promise: Promise<Value>,
  ms: number,
  message: string,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(message)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
