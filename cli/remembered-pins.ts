import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { accountKey, BffError, type SavedSession, withPins } from '../client/node.ts';
import { replaceFile } from './replace-file.ts';
import { sessionPath } from './session-file.ts';

/**
 * Sealed pins of friends' keys by account. They outlast the session, so that a server can't bring
 * back older ones.
 */
type RememberedPins = Record<string, NonNullable<SavedSession['pins']>>;

const filePath = () => join(dirname(sessionPath()), 'pins.json');

async function readAll(): Promise<RememberedPins> {
  try {
    return JSON.parse(await readFile(filePath(), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    const message = `Can't read ${filePath()}, which remembers your friends' keys. If you delete it, compare your safety numbers again.`;
    throw new BffError('damaged', message, { cause: error });
  }
}

/** Returns the session with the pins remembered on this machine, if they are newer. */
export async function withRememberedPins(session: SavedSession): Promise<SavedSession> {
  const all = await readAll();
  const name = accountKey(session);
  return withPins(session, Object.hasOwn(all, name) ? all[name] : undefined);
}

/** Remembers a session's pins, unless newer ones are already remembered. */
export async function rememberPins(session: SavedSession): Promise<void> {
  const { pins } = session;
  if (!pins || (await withRememberedPins(session)).pins !== pins) return;
  await mkdir(dirname(filePath()), { recursive: true, mode: 0o700 });
  await replaceFile(filePath(), JSON.stringify({ ...(await readAll()), [accountKey(session)]: pins }));
}
