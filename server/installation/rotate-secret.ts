import {
  checkValueOf,
  lookupKeysOf,
  openPast,
  type PastSecret,
  type SecretRing,
  sealPast,
} from '../crypto/secret-ring.ts';
import { createRingKeys, type ServerKeys } from '../crypto/server-keys.ts';
import { EnvError } from '../env.ts';
import type { Stores } from '../stores.ts';

/** More accounts than this are not counted one by one. */
const COUNTED = 100_000;
const BATCH = 100;
const NOBODY = '0'.repeat(24);

/**
 * Puts another secret in the place of an installation's, in one write. The one before is kept beside the data, sealed under
 * the new one: with a password or a session comes what it is needed for, so each account leaves it at its next log-in.
 *
 * @throws {EnvError} for the same secret again, or when somebody else rotated it meanwhile
 */
export async function rotateSecret(stores: Stores, ring: SecretRing, next: string): Promise<SecretRing> {
  const earlier: PastSecret[] = [{ version: ring.version, secret: ring.secret }, ...ring.past];
  if (earlier.some((past) => 'secret' in past && past.secret === next))
    throw new EnvError('The new secret must be different from all earlier ones.');
  const secretVersion = ring.version + 1;
  const switched = await stores.installation.switchSecret(ring.version, {
    secretVersion,
    secretCheck: await checkValueOf(next),
    pastSecrets: await sealPast(next, earlier),
  });
  if (!switched) throw new EnvError('Another process changed the secret in the meantime.');
  return { version: secretVersion, secret: next, past: earlier };
}

/**
 * Does what can be done of a rotation without the people: seals anew what the server can open, and gives up each earlier
 * secret that no account needs any more. Of such a one only the keys stay that find what was hashed under it. Done again at
 * every start, so that one cut short goes on.
 *
 * @returns how many accounts still need an earlier secret
 */
export async function finishRotation(stores: Stores, ring: SecretRing): Promise<number> {
  if (!ring.past.some((past) => 'secret' in past)) return 0;
  if (await resealAll(stores, await createRingKeys(ring))) await giveUpUnneeded(stores, ring);
  return stores.users.countOnPastSecret(ring.version, COUNTED);
}

/** Whether all of it is under today's secret now; what somebody changed at the same moment is left for the next time. */
async function resealAll({ secondFactors, stampIdeas }: Stores, keys: ServerKeys): Promise<boolean> {
  let whole = true;
  for (let after = NOBODY, factors = await secondFactors.listAfter(after, BATCH); factors.length > 0; ) {
    for (const factor of factors) {
      const { id, totpSecret, pendingSecret } = factor;
      const anew = async (sealed: typeof totpSecret) =>
        sealed && keys.sealTotpSecret(id, await keys.openTotpSecret(id, sealed));
      if (!totpSecret && !pendingSecret) continue;
      const fields = { totpSecret: await anew(totpSecret), pendingSecret: await anew(pendingSecret) };
      whole = (await secondFactors.save(factor, fields)) && whole;
    }
    after = factors.at(-1)?.id ?? after;
    factors = await secondFactors.listAfter(after, BATCH);
  }
  const everyIdea = { from: new Date(0), before: new Date(8.64e15) };
  for (const id of await stampIdeas.listWaiting(everyIdea, COUNTED)) {
    const waiting = await stampIdeas.find(id);
    if (waiting) await stampIdeas.reseal(id, await keys.sealIdea(id, await keys.openIdea(id, waiting.idea)));
  }
  return whole;
}

async function giveUpUnneeded({ users, installation }: Stores, ring: SecretRing): Promise<void> {
  const record = await installation.find();
  if (record?.secretVersion !== ring.version || !record.pastSecrets) return;
  const past = await openPast(ring.secret, record.pastSecrets);
  const kept = await Promise.all(
    past.map(async (earlier): Promise<PastSecret> => {
      const { version } = earlier;
      if (!('secret' in earlier) || (await users.hasSecretVersion(version))) return earlier;
      return { version, lookup: await lookupKeysOf(earlier.secret) };
    }),
  );
  const gaveUp = kept.some((earlier, n) => earlier !== past[n]);
  if (gaveUp) await installation.keepPast(ring.version, await sealPast(ring.secret, kept));
}
