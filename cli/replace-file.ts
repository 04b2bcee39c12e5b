import { chmod, open, rename, rm } from 'node:fs/promises';

/** Writes a file that only its owner can read: whole, or not at all. */
export async function replaceFile(path: string, content: string): Promise<void> {
  const fresh = `${path}.${process.pid}`;
  // A file that is there may be somebody else's, or a link to one.
  await rm(fresh, { force: true });
  const file = await open(fresh, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(fresh, 0o600);
  await rename(fresh, path);
}
