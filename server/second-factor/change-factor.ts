import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { SecondFactor } from './second-factor.store.ts';

/** Several changes at once find the document changed by another; each time one of them is through. */
const ATTEMPTS = 12;

interface Decision<Result> {
  result: Result;
  /** What to write; nothing is written without. */
  fields?: Partial<Omit<SecondFactor, 'id' | 'version'>>;
}

/**
 * Decides on the current state and writes the change only if that state is still current; otherwise decides again.
 *
 * @throws {AppError} `conflict` when others keep changing it.
 */
export async function changeFactor<Result>(
  deps: Pick<Deps, 'stores'>,
  userId: string,
  decide: (factor: SecondFactor) => Decision<Result> | Promise<Decision<Result>>,
): Promise<Result> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const factor = await deps.stores.secondFactors.find(userId);
    const { result, fields } = await decide(factor);
    if (!fields || (await deps.stores.secondFactors.save(factor, fields))) return result;
  }
  throw new AppError('conflict', 'This is being changed somewhere else right now. Please try again.');
}
