import { AppError } from '../errors.ts';
import type { User } from './user.store.ts';

/** @throws {AppError} `forbidden` when the owner wants no server to see the password or a key. */
export function requireAssisted(user: User): void {
  if (!user.assistedForbiddenAt) return;
  throw new AppError(
    'forbidden',
    'This account opens only where JavaScript is on: its owner has decided that the server is to see neither the password nor a key. ' +
      'Switch JavaScript on and do this again. What you have just typed is not kept.',
  );
}
