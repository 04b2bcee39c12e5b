import { readFile } from 'node:fs/promises';
import type { Bytes } from '#core/bytes.ts';

/** A photo as people really have them: README.md beside this file says what is right for each. */
export async function readCase(name: string): Promise<Bytes> {
  return new Uint8Array(await readFile(new URL(name, import.meta.url)));
}
