import { readFingerprint } from '#core/friends/invitation-link.ts';

const NAME = 'bff-invited';

/**
 * Reads the fingerprint of the inviter's key from the fragment of this page's address, and keeps it
 * in this browser while the visitor joins or logs in. The first one of an invitation counts.
 *
 * @returns null where the link has none
 */
export function keepInvitedKey(token: string): string | 'cut-off' | null {
  const read = readFingerprint(location.hash);
  try {
    const [known, fingerprint] = (localStorage.getItem(NAME) ?? '').split('#');
    if (known === token && fingerprint) return fingerprint;
    if (read && read !== 'cut-off') localStorage.setItem(NAME, `${token}#${read}`);
  } catch {
    // A browser that stores nothing still has the address.
  }
  return read;
}

/** Forgets the fingerprint of an invitation that has been accepted. */
export function forgetInvitedKey(): void {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // Nothing was stored.
  }
}
