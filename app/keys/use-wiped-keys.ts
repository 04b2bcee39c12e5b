import { useEffect } from 'react';
import { heldKeys, wipeKeys } from './keyring.ts';

/**
 * Wipes the keys this browser holds once they belong to nobody who is logged in here: the session has ended elsewhere, or
 * somebody else has logged in.
 *
 * @param username whose sealed session this page is of; null for none
 */
export function useWipedKeys(username: string | null): void {
  useEffect(() => {
    void wipeForeignKeys(username);
  }, [username]);
}

async function wipeForeignKeys(username: string | null): Promise<void> {
  const held = await heldKeys();
  if (!held || held.username === username) return;
  // Another tab may have logged in since this page was made.
  const { browserApi } = await import('../browser-api.ts');
  const me = await browserApi.accounts.me.query();
  if (me?.mode !== 'sealed' || me.username !== held.username) await wipeKeys();
}
