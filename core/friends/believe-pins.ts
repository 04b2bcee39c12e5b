import type { AccountKeys } from '../account-keys.ts';
import { type Bytes, equalBytes } from '../bytes.ts';
import { mergePins, openPins, type Pins, type SealedPins } from './pins.ts';

/** The sealed pins a device last saw or saved, and since when it has remembered any (ms). */
export interface RememberedPins {
  pins: Bytes;
  version: number;
  since: number;
}

/** A device's memory of a user's pins, out of the server's reach. */
export interface PinMemory {
  recall(): Promise<RememberedPins | null>;
  /** Replaces earlier pins. Later pins that are already remembered stay. */
  remember(pins: RememberedPins): Promise<void>;
}

/** Pins that the server withholds from this device: it returned `older` ones, or none that open. */
export type Withheld = 'older' | 'missing';

export interface BelievedPins {
  /** Null if they don't authenticate and this device remembers none. */
  known: Pins | null;
  withheld: Withheld | null;
  stored: SealedPins;
  remembered: RememberedPins | null;
  /**
   * Whether the stored pins have the older form or lack something this device knows, and must be
   * saved again.
   */
  incomplete: boolean;
}

/**
 * Opens the server's pins and compares them with the remembered ones. A server can withhold pins or
 * serve old ones again, but can't forge any. A device never forgets what it has seen.
 * @param remembered recalled before asking for the others; otherwise, pins saved in between look
 *   withheld
 */
export async function believePins(
  keys: AccountKeys,
  stored: SealedPins,
  remembered: RememberedPins | null,
): Promise<BelievedPins> {
  const [own, theirs] = await Promise.all([remembered && openPins(keys, remembered), openPins(keys, stored)]);
  if (!remembered || !own) {
    const known = theirs?.pins ?? null;
    return { known, withheld: null, stored, remembered: null, incomplete: theirs?.bound === false };
  }
  const known = mergePins(own.pins, theirs?.pins ?? {});
  const incomplete =
    !theirs?.bound || Object.entries(known).some(([userId, pin]) => theirs.pins[userId] !== pin);
  return { known, withheld: withheldFrom(remembered, stored, theirs), stored, remembered, incomplete };
}

function withheldFrom(
  remembered: RememberedPins,
  stored: SealedPins,
  theirs: { bound: boolean } | null,
): Withheld | null {
  if (!stored.pins || !theirs) return 'missing';
  // Pins of the older form open under any version: they were saved before the remembered ones.
  if (!theirs.bound || stored.version < remembered.version) return 'older';
  const replaced = stored.version === remembered.version && !equalBytes(stored.pins, remembered.pins);
  return replaced ? 'older' : null;
}
