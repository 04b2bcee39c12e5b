import { inSeconds } from '#core/durations.ts';
import { AppError } from '../errors.ts';

export function tooManyTries(waitMs: number): AppError {
  const retryAfterS = Math.max(1, Math.ceil(inSeconds(waitMs)));
  return new AppError('too-many-requests', `Too many tries. ${waitSentence(retryAfterS)}`, {
    retryAfterS,
  });
}

function waitSentence(seconds: number): string {
  if (seconds === 1) return 'Try again in a second.';
  if (seconds < 60) return `Try again in ${seconds} seconds.`;
  if (seconds < 90) return 'Try again in a minute.';
  return `Try again in ${Math.ceil(seconds / 60)} minutes.`;
}
