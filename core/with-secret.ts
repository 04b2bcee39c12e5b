import type { Bytes } from './bytes.ts';

/** Runs work with secret bytes and overwrites them with zeros afterwards, even if it throws. */
export async function withSecret<Result>(
  secret: Bytes | Promise<Bytes>,
  work: (secret: Bytes) => Result | Promise<Result>,
): Promise<Result> {
  const lent = await secret;
  try {
    return await work(lent);
  } finally {
    lent.fill(0);
  }
}
