import { useEffect, useState } from 'react';
import { openSealed, type SealedData } from '#app/modes/open-sealed.ts';
import type { KeyStanding } from '#core/friends/friend-key.ts';

/** How the keys of friends stand, by username: as the server says it with the keys of the session, or to be told here. */
export interface FriendKeys {
  standings: Record<string, KeyStanding> | null;
  sealed: SealedData | null;
}

/** Null until this browser has looked, and where it has no keys to look with. */
export function useKeyStandings({ standings, sealed }: FriendKeys): FriendKeys['standings'] {
  const [told, setTold] = useState<FriendKeys['standings']>(null);
  useEffect(() => {
    if (!sealed) return;
    let left = false;
    openSealed(
      sealed,
      async () => (await import('#app/browser/keys/open-friend-key.ts')).describeFriends,
    ).then(
      (answer) => {
        if (!left && answer !== 'away') setTold(answer);
      },
      // Sending looks again, and says what is wrong.
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [sealed]);
  return standings ?? told;
}
