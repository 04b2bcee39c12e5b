import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RememberedKdf, SavedSession } from '../client/node.ts';
import { sessionPath } from './session-file.ts';

/** Salt and cost of each account's last login. Not a secret; kept after logout. */
type Remembered = Record<string, RememberedKdf>;

const filePath = () => join(dirname(sessionPath()), 'logins.json');
const nameOf = (url: string, username: string) => `${username.trim().toLowerCase()}@${url}`;

async function readAll(): Promise<Remembered> {
  try {
    return JSON.parse(await readFile(filePath(), 'utf8'));
  } catch {
    // None yet.
    return {};
  }
}

/**
 * Returns the salt and cost of an account's last login on this machine; null at the first login.
 */
export async function recallLogIn(url: string, username: string): Promise<RememberedKdf | null> {
  const all = await readAll();
  const name = nameOf(url, username);
  return Object.hasOwn(all, name) ? (all[name] ?? null) : null;
}

export async function rememberLogIn({ url, username, kdf }: SavedSession): Promise<void> {
  if (!kdf) return;
  const path = filePath();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const all = { ...(await readAll()), [nameOf(url, username)]: kdf };
  await writeFile(path, JSON.stringify(all), { mode: 0o600 });
}
