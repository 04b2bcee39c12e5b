import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { BffError, type SavedSession } from '../client/node.ts';

/** `BFF_HOME`, else `bff` in `XDG_CONFIG_HOME`, else `~/.config/bff`. */
export function sessionPath(env: NodeJS.ProcessEnv = process.env): string {
  const home = env.BFF_HOME || join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'bff');
  return join(home, 'session.json');
}

/** Keeps the keys for the next command, in a file that only its owner can read. */
export async function saveSession(session: SavedSession, path = sessionPath()): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${process.pid}`;
  // A file that is there may be somebody else's, or a link to one.
  await rm(fresh, { force: true });
  const file = await open(fresh, 'wx', 0o600);
  try {
    await file.writeFile(JSON.stringify(session));
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(fresh, 0o600);
  await rename(fresh, path);
}

/**
 * @throws BffError `unauthenticated` when nobody is logged in here; `forbidden` when the file is open to others, who may
 *   have read it: then log in again.
 */
export async function loadSession(path = sessionPath()): Promise<SavedSession> {
  const facts = await stat(path).catch(() => null);
  if (!facts) throw new BffError('unauthenticated', 'Nobody is logged in here. Log in: bff login');
  const mine = process.getuid === undefined || facts.uid === process.getuid();
  // Windows has no such modes: there the folder of the account protects it.
  if (process.platform !== 'win32' && (!mine || (facts.mode & 0o077) !== 0)) {
    const message = `Others can read ${path}, which opens your letters. Log out and in again, or: chmod 600 ${path}`;
    throw new BffError('forbidden', message);
  }
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new BffError('unauthenticated', 'The saved log-in cannot be read. Log in again: bff login', {
      cause,
    });
  }
}

export async function forgetSession(path = sessionPath()): Promise<void> {
  await rm(path, { force: true });
}
