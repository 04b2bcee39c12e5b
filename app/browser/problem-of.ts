import type { FormProblem } from '../http/errors.server.ts';
import { KeysNotKept } from './keys/keyring.ts';

const offline = 'The network is away. Nothing is lost: try again when it is back.';
const damaged =
  'What the server sent does not fit your password. Do not try again before you know why: tell us, and your friends.';
const broken = 'That did not work, and it is not your fault. Please try once more.';

/** The message for a form whose work in the browser failed, whatever refused it. */
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
