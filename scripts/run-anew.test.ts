import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { runAnew } from './run-anew.ts';

it('starts again after every change, also of a file that an editor replaces, and after an error', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  const root = mkdtempSync(join(tmpdir(), 'bff-anew-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [sources, script, said] = [join(root, 'sources'), join(root, 'sources/a.mjs'), join(root, 'said')];
  mkdirSync(sources);
  const says = (word: string, after = 'setInterval(() => {}, 1000);') =>
    `import { appendFileSync } from 'node:fs'; appendFileSync(${JSON.stringify(said)}, '${word} '); ${after}`;
  const heard = () => (existsSync(said) ? readFileSync(said, 'utf8').trim() : '');

  writeFileSync(script, says('one'));
  const run = runAnew({ folders: [sources], words: [script], everyMs: 20 });
  onTestFinished(() => run.stop());
  await expect.poll(heard, { timeout: 10_000 }).toBe('one');
  let story = 'one';
  for (const word of ['two', 'three']) {
    writeFileSync(`${script}~`, says(word));
    renameSync(`${script}~`, script);
    await expect.poll(heard, { timeout: 10_000 }).toMatch(new RegExp(`^${story} (${word} ?)+$`));
    story = heard();
  }
  writeFileSync(script, says('four', 'process.exit(1);'));
  await expect.poll(heard, { timeout: 10_000 }).toBe(`${story} four`);
  await expect.poll(() => log.mock.lastCall?.[0]).toContain('stopped with an error');
  writeFileSync(script, says('five'));
  await expect.poll(heard, { timeout: 10_000 }).toBe(`${story} four five`);
});
