import { useEffect } from 'react';
import { SECOND } from '#core/durations.ts';
import { heldKeys, wipeKeys } from '../browser/keys/keyring.ts';
import { setPageOwner } from '../browser/keys/page-owner.ts';
import { sealedUsername } from './sealed-username.ts';

const CHANNEL = 'bff-keys';
/** Milliseconds between two checks that the session still exists. */
const CHECK_INTERVAL = 30 * SECOND;

/**
 * Wipes this browser's keys once their owner is no longer logged in here: the session has ended, or
 * another user has logged in. Pages opened with wiped keys are reloaded.
 *
 * @param username the user of the page's sealed session; null for none
 */
export function useWipedKeys(username: string | null): void {
  useEffect(() => {
    setPageOwner(username);
    void wipeForeignKeys(username);
    return stayWhileHeld(username);
  }, [username]);
}

async function wipeForeignKeys(username: string | null): Promise<void> {
  const held = await heldKeys();
  // Another tab may have logged in since this page was rendered.
  if (held && held.username !== username) await wipeUnlessOf(held.username);
}

async function wipeUnlessOf(username: string): Promise<void> {
  const { browserApi } = await import('../browser/browser-api.ts');
  if (sealedUsername(await browserApi.accounts.me.query()) !== username) await wipeKeys();
}

/** @returns a cleanup function */
function stayWhileHeld(username: string | null): () => void {
  let had = false;
  let checkedAt = Date.now();
  const isHeld = async () => (await heldKeys())?.username === username;
  const look = async () => {
    if (username === null || !had) return;
    if (Date.now() - checkedAt > CHECK_INTERVAL && (await isHeld())) {
      checkedAt = Date.now();
      // Offline, the session's state is unknown.
      await wipeUnlessOf(username).catch(() => undefined);
    }
    // Never reload an editor: the user keeps their text and learns of the logout when they send it.
    if (!(await isHeld()) && !document.querySelector('form.writing')) location.reload();
  };
  const whenSeen = () => {
    if (document.visibilityState === 'visible') void look();
  };
  const pages = new BroadcastChannel(CHANNEL);
  pages.onmessage = ({ data }) => {
    if (data !== username) void look();
  };
  void isHeld().then((held) => {
    had = held;
    pages.postMessage(username);
  });
  // The back button shows a page as it was left.
  addEventListener('pageshow', look);
  document.addEventListener('visibilitychange', whenSeen);
  return () => {
    pages.close();
    removeEventListener('pageshow', look);
    document.removeEventListener('visibilitychange', whenSeen);
  };
}
