// Plain JavaScript, so that it can say what is wrong on a Node that cannot run TypeScript.
import { spawnSync } from 'node:child_process';

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `This is Node ${process.versions.node}; Project BFF brings its own Node 24 as an npm package. ` +
      'Run "npm install" again, without --ignore-scripts, and start it with "npm start".',
  );
  process.exit(1);
}
process.chdir(new URL('..', import.meta.url).pathname);

const { buildIsCurrent } = await import('./build-state.js');
if (!buildIsCurrent()) {
  console.log('Building the pages (only when they changed) …');
  const build = spawnSync(process.execPath, ['scripts/build.js'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (build.status !== 0) process.exit(build.status ?? 1);
}

try {
  const { serve, builtPages } = await import('./serve.ts');
  const url = await serve(process.env, await builtPages());
  console.log(`\n  Project BFF is at ${url}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
