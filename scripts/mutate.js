import './require-node.js';
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Stryker } from '@stryker-mutator/core';

// Puts small faults into the code below the given paths, one at a time, and lists those that no
// test catches: npm run mutate -- core/crypto/aead.ts server/accounts [--static] [--with journeys]
const everything = process.argv.includes('--static');
const args = process.argv.slice(2).filter((word) => word !== '--static');
const more = args.indexOf('--with');
const kinds = ['unit', ...(more < 0 ? [] : args.splice(more).slice(1))];
if (args.length === 0) {
  console.error('Usage: npm run mutate -- PATH... [--static] [--with journeys contracts]');
  process.exit(2);
}

// Read by vitest.mutate.config.ts. The mutated copy keeps the existing build of the pages: a new
// one would contain every fault at once, and take minutes.
process.env.MUTATE_KINDS = kinds.join();
process.env.KEEP_BUILD = '1';

const sources = args.map((path) =>
  statSync(path).isDirectory() ? `${path.replace(/\/$/, '')}/**/*.ts` : path,
);
const results = await new Stryker({
  mutate: [...sources, '!**/*.d.ts', '!**/*.test.ts'],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutate.config.ts' },
  coverageAnalysis: 'perTest',
  // A module constant needs every test that loads the module: eight minutes for one small file.
  ignoreStatic: !everything,
  concurrency: Math.max(1, Math.floor(availableParallelism() / 2)),
  // Key derivation and database writes are slow.
  timeoutMS: 20_000,
  dryRunTimeoutMinutes: 30,
  clearTextReporter: { reportTests: false, logTests: false },
  reporters: ['clear-text', 'progress-append-only', 'html'],
  htmlReporter: { fileName: 'tests/.artifacts/mutation.html' },
  tempDirName: '.data/mutate',
  ignorePatterns: ['/.data', '/tests/.artifacts', '/docs/pictures'],
  allowConsoleColors: process.stdout.isTTY,
  thresholds: { high: 90, low: 80, break: null },
}).runMutationTest();
if (results.length === 0) process.exitCode = 1;
