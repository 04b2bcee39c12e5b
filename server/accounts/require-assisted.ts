import { AppError } from '../errors.ts';
import type { User } from './user.store.ts';

/** @throws {AppError} `forbidden` when the owner has turned assisted mode off. */
export function requireAssisted(user: User): void {
  if (!user.assistedForbiddenAt) return;
  throw new AppError(
    'forbidden',
    'Login without JavaScript is turned off for this account. Turn JavaScript on and try again. We haven’t stored what you just typed.',
  );
}
