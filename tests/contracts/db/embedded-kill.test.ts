import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '#server/db/client.ts';
import { createLetterStore } from '#server/letters/letter.store.ts';
import { EmbeddedStore } from '#sqlite-mongo';
import { temporaryDirectory } from '#tests/support/database-embedded.ts';

const ROUNDS = 10;
const writer = path.join(import.meta.dirname, '../../support/database-writer.ts');

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(() => directory.remove());

/** Lets the writer write, kills it without warning, and gives what it had acknowledged. */
async function writeAndKill(afterMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [writer, directory.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8');
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const started = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: string) => {
      output += chunk;
      resolve();
    });
  });
  await Promise.race([started, closed]);
  await sleep(afterMs);
  child.kill('SIGKILL');
  await closed;
  // The last line may have been cut off: then nobody was told.
  return output
    .slice(0, output.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean);
}

it(`loses nothing it acknowledged, killed ${ROUNDS} times at random moments`, {
  timeout: 300_000,
}, async () => {
  const inserted = new Set<string>();
  const delivered = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const lines = await writeAndKill(20 + Math.random() * 400);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) (line.startsWith('d') ? delivered : inserted).add(line.slice(1));

    const store = new EmbeddedStore({ directory: directory.path });
    expect(store.checkIntegrity()).toBeNull();
    store.close();
  }

  const db = await openDatabase({ dataDir: directory.path });
  const letters = createLetterStore(db);
  let lost = 0;
  for (const id of inserted) {
    const letter = await letters.findById(id);
    if (letter?.payload.length !== 2048) lost++;
    else if (delivered.has(id) && letter.status !== 'delivered') lost++;
  }
  const states = await db.orm.letters.where({ status: 'queued' }).select('_id').all();
  await db.close();
  console.log(
    `kill -9: ${ROUNDS} rounds, ${inserted.size} inserts and ${delivered.size} updates acknowledged, ${lost} lost.`,
  );
  expect(lost).toBe(0);
  // What was interrupted is either there whole or not there: a letter still queued was never said to be delivered.
  expect(states.filter(({ _id }) => delivered.has(_id))).toEqual([]);
  expect(inserted.size).toBeGreaterThan(100);
});
