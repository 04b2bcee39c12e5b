/*
 * A process that writes letters as fast as it can, and says on stdout which it was told are safe.
 * The kill -9 test ends it at a random moment.
 */
import { writeSync } from 'node:fs';
import { newId } from '#core/id.ts';
import { openDatabase } from '#server/db/client.ts';
import { createLetterStore } from '#server/letters/letter.store.ts';
import { sampleLetter } from './database-samples.ts';

const WRITERS = 16;

const [dataDir = ''] = process.argv.slice(2);
const letters = createLetterStore(await openDatabase({ dataDir }));

/** One line a promise that was kept: `+` inserted, `d` delivered. Written at once, not buffered. */
function acknowledge(what: '+' | 'd', id: string): void {
  writeSync(1, `${what}${id}\n`);
}

async function write(): Promise<void> {
  for (;;) {
    const letter = sampleLetter({ id: newId() });
    await letters.insert(letter);
    acknowledge('+', letter.id);
    await letters.markDelivered(letter.id, new Date());
    acknowledge('d', letter.id);
  }
}

await Promise.all(Array.from({ length: WRITERS }, write));
