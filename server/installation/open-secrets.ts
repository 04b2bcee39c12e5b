import { equalBytes } from '#core/bytes.ts';
import type { AppSecret } from '../crypto/app-secret.ts';
import { checkValueOf, openPast, type SecretRing } from '../crypto/secret-ring.ts';
import { EnvError } from '../env.ts';
import type { InstallationRecord, InstallationStore } from './installation.store.ts';

/**
 * Opens the secrets of an installation. On the first start the database records which secret it
 * belongs to, and from then on accepts no other: every password would look wrong, and links and
 * codes would be void.
 *
 * @throws {EnvError} when the database belongs to another secret
 */
export async function openSecrets(
  store: InstallationStore,
  { secret, origin, takeNext }: AppSecret,
  now: Date,
): Promise<SecretRing> {
  const record = (await store.find()) ?? (await adopt(store, secret, now));
  if (await belongs(record, secret)) return ringOf(record, secret);
  const next = await takeNext((other) => belongs(record, other));
  if (next) return ringOf(record, next);
  throw new EnvError(
    `${origin} does not match this database, so nobody could log in. Restore the right secret. ` +
      'To change the secret, run "npm run rotate-secret" (docs/operating.md, "The secret").',
  );
}

async function adopt(store: InstallationStore, secret: string, now: Date): Promise<InstallationRecord> {
  const secretCheck = await checkValueOf(secret);
  await store.insert({ secretVersion: 1, secretCheck, demoUserIds: [], createdAt: now });
  const record = await store.find();
  if (!record) throw new Error('the record of the installation is missing');
  return record;
}

async function belongs({ secretCheck }: InstallationRecord, secret: string): Promise<boolean> {
  return equalBytes(secretCheck, await checkValueOf(secret));
}

async function ringOf(record: InstallationRecord, secret: string): Promise<SecretRing> {
  const past = record.pastSecrets ? await openPast(secret, record.pastSecrets) : [];
  return { version: record.secretVersion, secret, past };
}
