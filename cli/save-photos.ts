import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BffError, type OpenedLetter } from '../client/node.ts';

const endings: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/avif': 'avif',
};

/**
 * Writes a letter's photos into a folder.
 * @returns their paths; null for a damaged one, which isn't written
 */
export async function savePhotos(letter: OpenedLetter, folder: string): Promise<(string | null)[]> {
  const files: (string | null)[] = [];
  await mkdir(folder, { recursive: true });
  for (const n of (letter.content?.photos ?? []).keys()) {
    const photo = await letter.photo(n).catch((error: unknown) => {
      if (error instanceof BffError && error.code === 'damaged') return null;
      throw error;
    });
    files.push(photo && (await write(photo, join(folder, `${letter.id}-${n + 1}`))));
  }
  return files;
}

async function write({ bytes, mediaType }: { bytes: Uint8Array; mediaType: string }, name: string) {
  const path = `${name}.${endings[mediaType] ?? 'bin'}`;
  await writeFile(path, bytes, { flag: 'w', mode: 0o600 });
  return path;
}
