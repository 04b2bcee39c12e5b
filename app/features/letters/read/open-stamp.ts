import { browserApi } from '#app/browser/browser-api.ts';
import { heldKeys } from '#app/browser/keys/keyring.ts';
import { openStampView } from '#core/letters/open-letter-view.ts';

/** The painted stamp of a letter, opened here; null when it does not open, and the drawn one stays. */
export async function openStamp(letterId: string): Promise<Blob | null> {
  const [keys, view] = await Promise.all([heldKeys(), browserApi.stamps.sealed.query({ id: letterId })]);
  const picture = keys && (await openStampView(keys, view));
  return picture && new Blob([picture], { type: 'image/webp' });
}
