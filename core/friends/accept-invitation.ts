import type { AccountKeys } from '../account-keys.ts';
import { keyFingerprint } from '../crypto/index.ts';
import type { PinMemory } from './believe-pins.ts';
import { checkFriendKey, maySealTo, type PinApi, pinKeeper } from './friend-key.ts';
import type { FriendKey } from './pins.ts';

/**
 * The result of accepting an invitation: friends whose key is the one in the link, or wasn't
 * checked; or nothing, because the server handed out another key.
 */
export type Accepted = 'matched' | 'unchecked' | 'swapped';

interface InvitedAccess {
  keys: AccountKeys;
  api: {
    friends: PinApi;
    invitations: {
      open: { query(input: { token: string }): Promise<FriendKey> };
      accept: { mutate(input: { token: string }): Promise<unknown> };
    };
  };
  memory: PinMemory | null;
  now(): number;
}

interface Invited {
  token: string;
  /** Null where the fragment can't be read. */
  fingerprint: string | null;
}

/**
 * Accepts an invitation: checks the inviter's key, and only then becomes friends. With another key
 * it does nothing.
 */
export async function acceptInvitation(access: InvitedAccess, invited: Invited): Promise<Accepted> {
  const outcome = await checkInviter(access, invited);
  if (outcome !== 'swapped') await access.api.invitations.accept.mutate({ token: invited.token });
  return outcome;
}

/**
 * Compares the inviter's key with the link's fingerprint, and pins it. A key that is pinned already
 * stays, so no link can replace it.
 */
export async function checkInviter(
  access: InvitedAccess,
  { token, fingerprint }: Invited,
): Promise<Accepted> {
  const inviter = await access.api.invitations.open.query({ token });
  if (fingerprint !== null && (await keyFingerprint(inviter)) !== fingerprint) return 'swapped';
  const status = await checkFriendKey(access.keys, pinKeeper(access), inviter);
  return fingerprint !== null && maySealTo(status) ? 'matched' : 'unchecked';
}
