import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** Longer than any estimate needs; its work grows with the square of the length. */
const CHARACTERS = 72;

let estimator: ZxcvbnFactory | undefined;

/**
 * Estimates how hard a password is to guess, in this process. Loaded only where a password is
 * chosen: its lists of common passwords and words are large.
 *
 * @returns from 0, guessed at once, to 4
 * @see https://www.usenix.org/conference/usenixsecurity16/technical-sessions/presentation/wheeler
 */
export function estimateStrength(password: string): number {
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return estimator.check(password.slice(0, CHARACTERS)).score;
}
