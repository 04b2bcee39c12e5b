import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The secret of this installation: from the environment, or with the embedded store from a file made on first start
 * (mode 0600) beside the database. Losing it makes every account's password useless, so back it up apart from the data.
 *
 * @param isNew whether there is no account yet: beside accounts a lost secret is not replaced without a word
 * @throws when the file is missing though there are accounts, or damaged
 */
export async function loadAppSecret(
  configured: string | undefined,
  dataDir: string,
  isNew: () => Promise<boolean>,
): Promise<string> {
  if (configured) return configured;
  const path = join(dataDir, 'app-secret');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (!existsSync(path)) {
    if (!(await isNew()))
      throw new Error(`${path} is missing: restore it from a backup, no account opens without it`);
    await makeSecret(path);
  }
  const secret = (await readFile(path, 'utf8')).trim();
  if (secret.length < 32) throw new Error(`${path} is damaged: restore it from a backup`);
  return secret;
}

/**
 * Whole or not at all, so that a first start cut short by a full disk or a lost machine can be made again. Nobody else makes one
 * meanwhile: the database beside it is open, and for one process.
 */
async function makeSecret(path: string): Promise<void> {
  const unfinished = `${path}.tmp`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(`${randomBytes(32).toString('base64url')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}
