import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startApp } from './app-process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The data folder of an app that made the demo friends and stopped. */
    demoData: string;
  }
}

/**
 * Has an app make the demo friends once, before the first browser test. Every test app that wants them starts on a copy:
 * making them takes longer than most tests do.
 */
export default async function makeDemoData(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'bff-demo-'));
  const app = await startApp({ env: { SEED_DEMO: 'true' }, dataDir: folder });
  await app.stop();
  project.provide('demoData', folder);
  return () => rm(folder, { recursive: true, force: true });
}
