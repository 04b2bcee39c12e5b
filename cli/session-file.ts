import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { BffError, type SavedSession } from '../client/node.ts';
import { replaceFile } from './replace-file.ts';

/** Returns the path in `BFF_HOME`, else in `bff` in `XDG_CONFIG_HOME`, else in `~/.config/bff`. */
export function sessionPath(env: NodeJS.ProcessEnv = process.env): string {
  const home = env.BFF_HOME || join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'bff');
  return join(home, 'session.json');
}

/** Saves the keys for the next command, readable only by their owner. */
export async function saveSession(session: SavedSession, path = sessionPath()): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await forgetUnfinished(path);
  await replaceFile(path, JSON.stringify(session));
}

/**
 * Saves a command's newer pins, unless the user has logged in or out, or another command has saved
 * newer pins.
 */
export async function updateSession(session: SavedSession, path = sessionPath()): Promise<void> {
  const kept = await loadSession(path).catch(() => null);
  if (kept?.token !== session.token) return;
  if ((kept.pins?.version ?? 0) < (session.pins?.version ?? 0)) await saveSession(session, path);
}

/**
 * Loads the session.
 * @throws BffError `unauthenticated` if not logged in; `forbidden` if other users can read the file
 *   and may have done so: then log in again
 */
export async function loadSession(path = sessionPath()): Promise<SavedSession> {
  const file = await open(path, 'r').catch(() => null);
  if (!file) throw new BffError('unauthenticated', "You're not logged in. Run: bff login");
  try {
    // Check the opened file, not one that replaces it meanwhile.
    const { uid, mode } = await file.stat();
    const mine = process.getuid === undefined || uid === process.getuid();
    // Windows has no such modes: the user's folder protects the file there.
    if (process.platform !== 'win32' && (!mine || (mode & 0o077) !== 0)) {
      const message = `Other users can read ${path}, which opens your letters. Log out and in again, or run: chmod 600 ${path}`;
      throw new BffError('forbidden', message);
    }
    return JSON.parse(await file.readFile('utf8'));
  } catch (cause) {
    if (cause instanceof BffError) throw cause;
    throw new BffError('unauthenticated', "Your saved login can't be read. Log in again: bff login", {
      cause,
    });
  } finally {
    await file.close();
  }
}

export async function forgetSession(path = sessionPath()): Promise<void> {
  await forgetUnfinished(path);
  await rm(path, { force: true });
}

/** Deletes files with keys that a login left behind when it was killed while saving. */
async function forgetUnfinished(path: string): Promise<void> {
  const begun = `${basename(path)}.`;
  const names = await readdir(dirname(path)).catch(() => []);
  for (const name of names) {
    const pid = name.startsWith(begun) && /^\d+$/.test(name.slice(begun.length)) && name.slice(begun.length);
    if (pid && !isRunning(Number(pid))) await rm(join(dirname(path), name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // The process belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
