import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryDirectory } from '#tests/support/database-embedded.ts';
import { emitContract } from '../../../prisma/emit-contract.ts';

const committed = path.join(import.meta.dirname, '../../../prisma');
let emitted: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeAll(async () => {
  emitted = await temporaryDirectory();
  await emitContract(emitted.path);
});
afterAll(() => emitted.remove());

it.each(['contract.json', 'contract.d.ts'])('%s is what schema.prisma says', async (file) => {
  const [now, then] = await Promise.all(
    [emitted.path, committed].map((dir) => readFile(path.join(dir, file), 'utf8')),
  );
  expect(now, 'run `npm run contract:emit` and commit the result').toBe(then);
});
