import type { Bytes } from './bytes.ts';

/** Lends secret bytes to some work. They are zeros afterwards, also when it throws. */
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
