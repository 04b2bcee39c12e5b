import type { FormProblem } from '../http/errors.server.ts';
import { KeysNotKept } from './keys/keyring.ts';

const offline = 'You’re offline. Nothing is lost. Try again when you’re back online.';
const damaged =
  'The server sent something that doesn’t match your password. Don’t try again until you know why. Tell us, and your friends.';
const broken = 'That didn’t work, and it’s not your fault. Please try again.';

export async function problemOf(error: unknown): Promise<FormProblem> {
  const [{ refusalOf }, { isOffline }, { isCryptoRefusal }] = await Promise.all([
    import('./browser-api.ts'),
    import('../ui/is-offline.ts'),
    import('./keys/crypto.ts'),
  ]);
  const refused = refusalOf(error);
  if (refused) return { message: refused.message, fields: refused.fields };
  if (error instanceof KeysNotKept) return { message: error.message, fields: {} };
  const cause = error instanceof Error ? error.cause : undefined;
  if (isOffline(error) || isOffline(cause)) return { message: offline, fields: {} };
  return { message: isCryptoRefusal(error) ? damaged : broken, fields: {} };
}
