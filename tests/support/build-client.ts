import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { promisify } from 'node:util';
import { latestChange } from '../../scripts/build-state.js';

const sources = [
  'client',
  'cli',
  'core',
  'imaging',
  'server',
  'scripts/build-client.js',
  'package-lock.json',
];

/** Builds the client package if its sources changed. */
export async function buildClient(): Promise<void> {
  const built = statSync('dist/client/types/client/node.d.ts', { throwIfNoEntry: false });
  const isCurrent = built !== undefined && built.mtimeMs > Math.max(...sources.map(latestChange));
  if (!isCurrent) await promisify(execFile)(process.execPath, ['scripts/build-client.js']);
}
