import { useEffect } from 'react';
import { SECOND } from '#core/durations.ts';
import { heldKeys, wipeKeys } from '../browser/keys/keyring.ts';
import { setPageOwner } from '../browser/keys/page-owner.ts';
import { sealedUsername } from './sealed-username.ts';

/** Where pages of one browser tell each other whose they are. */
const CHANNEL = 'bff-keys';
/** ms between two questions to the server whether the session is still there. */
const ASKING_PAUSE = 30 * SECOND;

/**
 * Wipes the keys this browser holds once they belong to nobody who is logged in here: the session has ended elsewhere, or
 * somebody else has logged in. A page that has opened something with keys that are gone by now does not stay either.
 *
 * @param username whose sealed session this page is of; null for none
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
  // Another tab may have logged in since this page was made.
  if (held && held.username !== username) await wipeUnlessOf(held.username);
}

async function wipeUnlessOf(username: string): Promise<void> {
  const { browserApi } = await import('../browser/browser-api.ts');
  if (sealedUsername(await browserApi.accounts.me.query()) !== username) await wipeKeys();
}

/** @returns what ends it */
function stayWhileHeld(username: string | null): () => void {
  let had = false;
  let asked = Date.now();
  const isHeld = async () => (await heldKeys())?.username === username;
  const look = async () => {
    if (username === null || !had) return;
    if (Date.now() - asked > ASKING_PAUSE && (await isHeld())) {
      asked = Date.now();
      // Without network nothing is known.
      await wipeUnlessOf(username).catch(() => undefined);
    }
    // What somebody is writing stays with them: there they are told when they send it.
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
  // A page that comes back by the back button is shown as it was left.
  addEventListener('pageshow', look);
  document.addEventListener('visibilitychange', whenSeen);
  return () => {
    pages.close();
    removeEventListener('pageshow', look);
    document.removeEventListener('visibilitychange', whenSeen);
  };
}
