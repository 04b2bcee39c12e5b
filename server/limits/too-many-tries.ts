import { AppError } from '../errors.ts';

/** The refusal of a try that comes too early. */
export function tooManyTries(waitMs: number): AppError {
  const retryAfterS = Math.max(1, Math.ceil(waitMs / 1000));
  return new AppError('too-many-requests', `That was a lot of tries. ${waitSentence(retryAfterS)}`, {
    retryAfterS,
  });
}

function waitSentence(seconds: number): string {
  if (seconds === 1) return 'Wait a second and try again.';
  if (seconds < 60) return `Wait ${seconds} seconds and try again.`;
  if (seconds < 90) return 'Wait a minute and try again.';
  return `Try again in ${Math.ceil(seconds / 60)} minutes.`;
}
