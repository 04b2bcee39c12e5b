import './require-node.js';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildIsCurrent } from './build-state.js';

// React and the router read it on loading; without it, they run development checks.
process.env.NODE_ENV ||= 'production';

// Memory options can only be set when a process starts (docs/decisions/015), so this process
// replaces itself. Without execve, it continues as it is.
if (process.execve && !process.env.MALLOC_ARENA_MAX) {
  const flags = ['--max-semi-space-size=8', '--expose-gc'];
  const malloc = {
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: '65536',
    MALLOC_TRIM_THRESHOLD_: '262144',
  };
  const words = [process.execPath, ...process.execArgv, ...flags, ...process.argv.slice(1)];
  process.execve(process.execPath, words, { ...process.env, ...malloc });
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

if (!buildIsCurrent()) {
  console.log('Building the pages (only when they changed)…');
  const build = spawnSync(process.execPath, ['scripts/build.js'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (build.status !== 0) process.exit(build.status ?? 1);
}

try {
  const { serve, builtPages } = await import('../server/index.ts');
  const url = await serve(process.env, await builtPages());
  console.log(`\n  Project BFF is at ${url}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
