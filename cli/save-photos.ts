import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenedLetter } from '../client/node.ts';

const endings: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/avif': 'avif',
};

/** Writes a letter's photos into a folder, over none that is there. @returns their paths */
export async function savePhotos(letter: OpenedLetter, folder: string): Promise<string[]> {
  const files: string[] = [];
  await mkdir(folder, { recursive: true });
  for (const n of (letter.content?.photos ?? []).keys()) {
    const { bytes, mediaType } = await letter.photo(n);
    const path = join(folder, `${letter.id}-${n + 1}.${endings[mediaType] ?? 'bin'}`);
    await writeFile(path, bytes, { flag: 'w', mode: 0o600 });
    files.push(path);
  }
  return files;
}
