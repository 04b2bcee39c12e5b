import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { SecondFactor } from './second-factor.store.ts';

/** How often to retry: of several concurrent changes, one succeeds in each round. */
const ATTEMPTS = 12;

interface Decision<Result> {
  result: Result;
  fields?: Partial<Omit<SecondFactor, 'id' | 'version'>>;
}

/**
 * Decides on the current state and writes the change only if that state is still current; otherwise
 * decides again.
 *
 * @throws {AppError} `conflict` when concurrent changes keep winning.
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
