import type { AccountKeys } from '../account-keys.ts';
import { type Bytes, equalBytes } from '../bytes.ts';
import { mergePins, openPins, type Pins, type SealedPins } from './pins.ts';

/** The pins a device saw or saved last, sealed as they were, and since when it has remembered any (ms). */
export interface RememberedPins {
  pins: Bytes;
  version: number;
  since: number;
}

/** Where a device remembers a person's pins, out of the server's reach. */
export interface PinMemory {
  /** Null on a device that has not seen any. */
  recall(): Promise<RememberedPins | null>;
  /** In the place of earlier ones; later ones that are there already stay. */
  remember(pins: RememberedPins): Promise<void>;
}

/** What the server does not hand out although this device has seen it: `older` pins in its place, or none (that open). */
export type Withheld = 'older' | 'missing';

/** Pins as far as this device may believe them. */
export interface BelievedPins {
  /** Null when they do not authenticate and this device remembers none. */
  known: Pins | null;
  withheld: Withheld | null;
  /** What the server has, for compare-and-set. */
  stored: SealedPins;
  /** What this device had remembered, if it is of these keys. */
  remembered: RememberedPins | null;
  /** The stored ones are of the older form, or lack what this device knows: they are to be saved anew. */
  incomplete: boolean;
}

/**
 * Opens the pins the server hands out, beside those this device remembers. A server can withhold pins or serve old ones again; it
 * cannot make any. What a device has seen once it knows for good, whatever it is handed later.
 *
 * @param remembered recalled before the others were asked for: else pins that were saved in between look like withheld ones
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
  // Pins of the older form open under any version: they were saved before those that are remembered.
  if (!theirs.bound || stored.version < remembered.version) return 'older';
  const replaced = stored.version === remembered.version && !equalBytes(stored.pins, remembered.pins);
  return replaced ? 'older' : null;
}
