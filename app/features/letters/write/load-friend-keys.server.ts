import type { AppCaller } from '#app/http/api.server.ts';
import { isSealed, sealedData } from '#app/modes/sealed-session.server.ts';
import type { FriendKeys } from './use-key-standings.ts';

/** How the keys of friends stand, for the page a letter is written on. */
export async function loadFriendKeys(api: AppCaller): Promise<FriendKeys> {
  if (!(await isSealed(api))) return { standings: await api.friends.keyStandings(), sealed: null };
  return { standings: null, sealed: await sealedData(api, await api.friends.allKeys()) };
}
