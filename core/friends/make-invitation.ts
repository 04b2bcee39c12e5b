import type { AccountKeys } from '../account-keys.ts';
import { keyFingerprint } from '../crypto/index.ts';
import { invitationPath } from './invitation-link.ts';

export interface NewInvitation {
  /** Path and fragment of the link. */
  path: string;
  expiresAt: Date;
}

interface InviterAccess {
  keys: AccountKeys;
  api: { invitations: { create: { mutate(): Promise<{ token: string; expiresAt: Date }> } } };
}

/**
 * Makes an invitation for one friend. Its link names the inviter's key as they hold it themselves,
 * so that a server that hands out another one is found out.
 */
export async function makeInvitation({ keys, api }: InviterAccess, username: string): Promise<NewInvitation> {
  const { userId, identity } = keys;
  const fingerprint = await keyFingerprint({ userId, username, publicKey: identity.publicKey });
  const { token, expiresAt } = await api.invitations.create.mutate();
  return { path: invitationPath(token, fingerprint), expiresAt };
}
