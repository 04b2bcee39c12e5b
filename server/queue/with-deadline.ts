/**
 * Gives up waiting after `ms`. What was asked for may still happen: only ask for what may happen twice.
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
