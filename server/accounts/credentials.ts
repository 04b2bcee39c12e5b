import { AppError } from '../errors.ts';
import type { SeenCredentials } from './user.store.ts';

/**
 * The moment to write down for a change of an account's password, recovery words or known devices. It is later than the
 * one before it even within a millisecond, or on a clock that was set back, so that no two changes share one.
 */
export function nextChange({ credentialsSince }: Omit<SeenCredentials, 'id'>, now: Date): Date {
  return new Date(Math.max(now.getTime(), (credentialsSince?.getTime() ?? 0) + 1));
}

/** Whether nothing was changed between two looks at an account. */
export function sameCredentials(
  a: Omit<SeenCredentials, 'id'> | null,
  b: Omit<SeenCredentials, 'id'>,
): boolean {
  return a !== null && a.credentialsSince?.getTime() === b.credentialsSince?.getTime();
}

/** For a log-in that was let in on credentials that were replaced before it began. */
export function credentialsJustChanged(): AppError {
  return new AppError(
    'unauthenticated',
    'Your password or devices were just changed, so you’ve been logged out everywhere. Please log in again.',
  );
}

/** For a change that was made from credentials which another change replaced. */
export function changedElsewhere(): AppError {
  return new AppError(
    'conflict',
    'Your password or recovery words were just changed somewhere else, so nothing was changed here. Please start again.',
  );
}
