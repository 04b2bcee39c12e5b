import { toBase64Url } from '#core/bytes.ts';
import { checkPassword } from '#server/accounts/check-password.ts';
import type { SavedSession } from '../../client/node.ts';
import type { ServedInstallation } from './installation-http.ts';
import { logIn, testPassword } from './journey-people.ts';

/** What a client keeps of a log-in. */
export async function savedSessionOf(world: ServedInstallation, username: string): Promise<SavedSession> {
  const user = await world.container.stores.users.findByUsername(username);
  const masterKey = await checkPassword(world.container, username, user, testPassword);
  if (!user || !masterKey) throw new Error(`nobody is called ${username}`);
  return {
    ...{ url: world.url, username, token: await logIn(world, username) },
    ...{ userId: user.id, epoch: user.keyEpoch, masterKey: toBase64Url(masterKey) },
    identityPublicKey: toBase64Url(user.identityPublicKey),
    wrappedIdentityKey: toBase64Url(user.wrappedIdentityKey),
  };
}
