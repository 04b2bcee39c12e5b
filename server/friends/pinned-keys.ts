import { z } from 'zod';
import { decodeUtf8, encodeUtf8, equalBytes, fromBase64Url, toBase64Url } from '#core/bytes.ts';
import { openForSelf, safetyNumber, sealForSelf } from '#core/crypto/index.ts';
import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

const pinSchema = z.object({
  /** base64url of the identity key that was seen. */
  key: z.string(),
  /** When the two compared their safety number, ms since 1970; null until they did. */
  verifiedAt: z.number().nullable(),
});
type Pin = z.infer<typeof pinSchema>;
const pinsSchema = z.record(z.string(), pinSchema);

/** What is known of a friend's key: first seen is trusted, a change is shown before the next letter is sealed to it. */
export type KeyTrust = 'pinned' | 'verified' | 'changed';

export interface FriendKey {
  trust: KeyTrust;
  /** 60 digits, the same for both friends (Signal's numeric fingerprint). */
  safetyNumber: string;
}

const purpose = 'pins';

async function loadPins(deps: Deps, actor: Actor) {
  const user = await deps.stores.users.findById(actor.userId);
  if (!user?.pins) return { pins: {} as Record<string, Pin>, version: user?.pinsVersion ?? 0 };
  const { masterKey } = await actor.keys();
  const opened = await openForSelf(masterKey, purpose, actor.userId, user.pins).catch(() => null);
  // Pins of keys that were since replaced cannot be read: every friend's key then counts as seen for the first time.
  const pins = opened ? pinsSchema.parse(JSON.parse(decodeUtf8(opened))) : {};
  return { pins, version: user.pinsVersion ?? 0 };
}

/** Somebody with this many devices saving at once is asked to try again. */
const ATTEMPTS = 20;

/**
 * Reads the pins, and writes the one that `change` makes of what is there now; null leaves them as they are. Tried again
 * when another request saved in between, with what that one wrote.
 */
async function changePin(
  deps: Deps,
  actor: Actor,
  friendId: string,
  change: (known: Pin | undefined) => Pin | null,
): Promise<Pin | undefined> {
  const { masterKey } = await actor.keys();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { pins, version } = await loadPins(deps, actor);
    const known = pins[friendId];
    const pin = change(known);
    if (!pin) return known;
    const plain = encodeUtf8(JSON.stringify({ ...pins, [friendId]: pin }));
    const sealed = await sealForSelf(masterKey, purpose, actor.userId, plain);
    if (await deps.stores.users.savePins(actor.userId, sealed, version)) return known;
  }
  throw new AppError(
    'unavailable',
    'Another of your devices is saving at the same moment. Please try again.',
  );
}

/** Compares a friend's key with the one seen first, and remembers it if it is the first. */
export async function checkFriendKey(deps: Deps, actor: Actor, friend: User): Promise<KeyTrust> {
  const first = { key: toBase64Url(friend.identityPublicKey), verifiedAt: null };
  const pin = await changePin(deps, actor, friend.id, (known) => (known ? null : first));
  if (!pin) return 'pinned';
  if (!equalBytes(fromBase64Url(pin.key), friend.identityPublicKey)) return 'changed';
  return pin.verifiedAt === null ? 'pinned' : 'verified';
}

/** A friend's key as the safety page shows it. */
export async function describeFriendKey(deps: Deps, actor: Actor, friend: User): Promise<FriendKey> {
  const me = await deps.stores.users.findById(actor.userId);
  if (!me) throw new AppError('unauthenticated', 'Please log in first.');
  return {
    trust: await checkFriendKey(deps, actor, friend),
    safetyNumber: await safetyNumber(
      { userId: me.id, publicKey: me.identityPublicKey },
      { userId: friend.id, publicKey: friend.identityPublicKey },
    ),
  };
}

/** Trusts the key a friend has now; `verified` when the two have compared their safety number. */
export async function trustFriendKey(
  deps: Deps,
  actor: Actor,
  friend: User,
  verified: boolean,
): Promise<void> {
  const verifiedAt = verified ? deps.now().getTime() : null;
  const pin = { key: toBase64Url(friend.identityPublicKey), verifiedAt };
  await changePin(deps, actor, friend.id, () => pin);
}
