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

const COUNTED = 100_000;
const BATCH = 100;
const NOBODY = '0'.repeat(24);

/**
 * Rotates the secret of an installation, in one write. Keeps the previous one in the database,
 * sealed under the new one, since an account's keys can only be rewrapped with its password or
 * session: each account moves on at its next login.
 *
 * @throws {EnvError} for a secret already used, or when another process rotated it in the meantime
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
 * Continues a rotation without the users: reseals the data the server can open, and deletes each
 * earlier secret that no account needs any more, except its lookup keys. Idempotent; runs at every
 * start, so that an interrupted one is finished.
 *
 * @returns how many accounts still need an earlier secret
 */
export async function finishRotation(stores: Stores, ring: SecretRing): Promise<number> {
  if (!ring.past.some((past) => 'secret' in past)) return 0;
  if (await resealAll(stores, await createRingKeys(ring))) await giveUpUnneeded(stores, ring);
  return stores.users.countOnPastSecret(ring.version, COUNTED);
}

/**
 * Reseals under today's secret.
 *
 * @returns whether that is complete; documents changed meanwhile are left for the next run
 */
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
