import { type Opening, openSealed, type SealedData } from '#app/modes/open-sealed.ts';
import type { KeyStanding } from '#core/friends/friend-key.ts';
import type { FriendKey } from '#core/friends/pins.ts';

/** What the safety page shows of a friend's key. */
export interface FriendKeyData {
  username: string;
  displayName: string;
  /** Null until this person's own keys have looked at it. */
  known: (KeyStanding & { safetyNumber: string }) | null;
  /** In a sealed session, whose. */
  sealedFor: string | null;
  sealed: SealedData | null;
  opening: Opening;
  /** The key that was looked at here. */
  friend?: FriendKey;
}

/** Looks at a friend's key here, if the session has no keys. */
export async function openLoadedKey<Loaded extends FriendKeyData>(loaded: Loaded): Promise<Loaded> {
  if (!loaded.sealed) return loaded;
  const opened = await openSealed(
    loaded.sealed,
    async () => (await import('#app/browser/keys/open-friend-key.ts')).openFriendKey,
  );
  if (opened === 'away') return { ...loaded, opening: 'away' };
  const { friend, ...known } = opened;
  return { ...loaded, known, friend, sealed: null, opening: 'open' };
}
