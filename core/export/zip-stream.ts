import { makeZip } from 'client-zip';
import type { ExportFile } from './export-source.ts';

/**
 * Packs files into a ZIP as the reader asks for them. If the reader goes away, it also ends the
 * files' generator, which `makeZip` alone doesn't.
 */
export function zipStream(files: AsyncGenerator<ExportFile>): ReadableStream<Uint8Array> {
  const reader = makeZip(files, { buffersAreUTF8: true }).getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await reader.cancel().catch(() => {});
        await files.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Names the archive, like `letters-of-alpha-2026-11-26.zip`. */
export function archiveName(username: string, now: Date): string {
  return `letters-of-${username.replace(/[^a-z0-9_]/g, '')}-${now.toISOString().slice(0, 10)}.zip`;
}
