import './require-node.js';
import { acceptNextSecret, loadAppSecret, writeNextSecret } from '#server/crypto/app-secret.ts';
import { openDatabase } from '#server/db/client.ts';
import { EnvError, readEnv } from '#server/env.ts';
import { openSecrets } from '#server/installation/open-secrets.ts';
import { finishRotation, rotateSecret } from '#server/installation/rotate-secret.ts';
import { createStores } from '#server/stores.ts';

/**
 * Moves a stopped installation to a new secret. With `--status`, only counts accounts on the old
 * one.
 */
async function main(onlyStatus: boolean): Promise<void> {
  const env = readEnv(process.env);
  const db = await openDatabase({ databaseUrl: env.DATABASE_URL, dataDir: env.DATA_DIR });
  try {
    const stores = createStores(db);
    const now = await loadAppSecret(env.APP_SECRET, env.DATA_DIR, async () => false);
    const ring = await openSecrets(stores.installation, now, new Date());
    if (onlyStatus) return tell(await finishRotation(stores, ring));

    const given = process.env.NEW_APP_SECRET?.trim();
    if (given !== undefined && given.length < 32)
      throw new EnvError('NEW_APP_SECRET needs at least 32 characters.');
    if (!given && env.APP_SECRET)
      throw new EnvError('Set NEW_APP_SECRET to the new secret (try: openssl rand -base64 32).');
    const next = given ?? (await writeNextSecret(env.DATA_DIR));
    const rotated = await rotateSecret(stores, ring, next);
    if (given) {
      console.log(
        'The database now uses the new secret. Set APP_SECRET to it in every process, then start them.',
      );
      console.log('Earlier database backups still need the old secret: keep it as long as you keep them.');
    } else {
      const before = await acceptNextSecret(env.DATA_DIR);
      console.log(
        'The secret has been changed. Earlier database backups still need the old one, which is kept as',
      );
      console.log(`${before}. Delete it once those backups are gone.`);
    }
    tell(await finishRotation(stores, rotated));
  } finally {
    await db.close();
  }
}

function tell(accounts: number): void {
  console.log(
    accounts === 0
      ? 'No account needs the old secret any more.'
      : `Accounts still to move to the new secret, at their next login: ${accounts}. Until then the old one is kept for them, sealed.`,
  );
}

try {
  await main(process.argv.includes('--status'));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
