import { AppError } from '../errors.ts';
import type { SeenCredentials } from './user.store.ts';

/**
 * The time to store for a change of an account's password, recovery words or known devices. Always
 * later than the previous one, even within a millisecond or after the clock was set back, so that
 * no two changes share a time.
 */
export function nextChange({ credentialsSince }: Omit<SeenCredentials, 'id'>, now: Date): Date {
  return new Date(Math.max(now.getTime(), (credentialsSince?.getTime() ?? 0) + 1));
}

export function sameCredentials(
  a: Omit<SeenCredentials, 'id'> | null,
  b: Omit<SeenCredentials, 'id'>,
): boolean {
  return a !== null && a.credentialsSince?.getTime() === b.credentialsSince?.getTime();
}

/** The refusal of a login based on credentials that were replaced before it finished. */
export function credentialsJustChanged(): AppError {
  return new AppError(
    'unauthenticated',
    'Your password or devices were just changed, so you’ve been logged out everywhere. Please log in again.',
  );
}

/** The refusal of a change based on credentials that another change replaced. */
export function changedElsewhere(): AppError {
  return new AppError(
    'conflict',
    'Your password or recovery words were just changed somewhere else, so nothing was changed here. Please start again.',
  );
}
