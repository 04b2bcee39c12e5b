import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

export interface AppSecret {
  secret: string;
  /** For a message: the variable or the file. */
  origin: string;
  /**
   * Finishes an interrupted rotation: replaces this secret with the prepared next one, if that is
   * right.
   */
  takeNext(isRight: (secret: string) => Promise<boolean>): Promise<string | null>;
}

const fileOf = (dataDir: string) => join(dataDir, 'app-secret');

/**
 * Loads the secret of this installation: from the environment, or with the embedded store from a
 * file beside the database, made on first start (mode 0600). Losing it makes every account's
 * password useless, so back it up apart from the data.
 *
 * @param isNew whether nothing was stored yet; with existing accounts, a lost secret is not
 *   silently replaced
 * @throws when the file is missing though there are accounts, or damaged
 */
export async function loadAppSecret(
  configured: string | undefined,
  dataDir: string,
  isNew: () => Promise<boolean>,
): Promise<AppSecret> {
  if (configured) return { secret: configured, origin: 'APP_SECRET', takeNext: async () => null };
  const path = fileOf(dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (!existsSync(path)) {
    if (!(await isNew()))
      throw new Error(`${path} is missing: restore it from a backup; without it, nobody can log in`);
    await writeSecret(path, newSecret());
  }
  return {
    secret: await readSecret(path),
    origin: path,
    async takeNext(isRight) {
      if (!existsSync(`${path}.next`)) return null;
      const next = await readSecret(`${path}.next`);
      if (!(await isRight(next))) return null;
      await acceptNextSecret(dataDir);
      return next;
    },
  };
}

/** Creates the next secret in a file beside the current one, which stays unchanged. */
export async function writeNextSecret(dataDir: string): Promise<string> {
  const next = newSecret();
  await writeSecret(`${fileOf(dataDir)}.next`, next);
  return next;
}

/**
 * Makes the next secret the current one. Keeps the previous one beside it, for older backups of the
 * database.
 *
 * @returns the path of the previous one
 */
export async function acceptNextSecret(dataDir: string): Promise<string> {
  const path = fileOf(dataDir);
  const before = `${path}.before-${new Date().toISOString().slice(0, 10)}-${randomBytes(3).toString('hex')}`;
  await writeSecret(before, await readSecret(path));
  await rename(`${path}.next`, path);
  return before;
}

const newSecret = () => randomBytes(32).toString('base64url');

async function readSecret(path: string): Promise<string> {
  const secret = (await readFile(path, 'utf8')).trim();
  if (secret.length < 32) throw new Error(`${path} is damaged: restore it from a backup`);
  return secret;
}

/**
 * Writes a secret atomically, so that a first start interrupted by a full disk or a crash can be
 * repeated. No other process writes one meanwhile: the open database beside it belongs to this
 * process.
 */
async function writeSecret(path: string, secret: string): Promise<void> {
  const unfinished = `${path}.tmp`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(`${secret}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}
