import './require-node.js';
import { runAnew } from './run-anew.ts';

const run = runAnew({
  folders: ['core', 'imaging', 'packages', 'prisma', 'scripts', 'server', 'worker'],
  words: ['scripts/serve-sources.ts'],
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void run.stop());
