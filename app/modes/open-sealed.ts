import { parse } from 'devalue';
import type { HeldKeys } from '../browser/keys/held-keys.ts';
import { heldKeys } from '../browser/keys/keyring.ts';

/** Something sealed in the data of a page, and whose keys open it. */
export interface SealedData {
  username: string;
  text: string;
}

/**
 * How far a page of a sealed session has come: `open` as well when nothing of it was sealed; `away` when this browser does
 * not hold the keys of whoever is logged in; `damaged` when it does not authenticate.
 */
export type Opening = 'open' | 'opening' | 'away' | 'damaged';

/** The keys of this person, if they are the ones this browser holds. */
export async function keysOf(username: string): Promise<HeldKeys | null> {
  const keys = await heldKeys();
  return keys?.username === username ? keys : null;
}

/**
 * Opens what the loader of a sealed session left sealed. The code that opens it is loaded only then, so that it adds
 * nothing to the first page load.
 *
 * @returns `away` when the keys are not in this browser
 */
export async function openSealed<View, Shown>(
  sealed: SealedData,
  load: () => Promise<(keys: HeldKeys, view: View) => Promise<Shown>>,
): Promise<Shown | 'away'> {
  const [keys, open] = await Promise.all([keysOf(sealed.username), load()]);
  return keys ? open(keys, parse(sealed.text) as View) : 'away';
}
