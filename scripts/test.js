import './require-node.js';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIsCurrent } from './build-state.js';

// Everything, in the order in which it is quickest to fail: lint, types, then each kind of test.
const kinds = ['unit', 'contracts', 'journeys', 'security', 'e2e'];
const results = mkdtempSync(join(tmpdir(), 'bff-test-'));
const node = process.execPath;
const totals = { passed: 0, failed: 0, skipped: 0 };
let broken = false;

/** @param {string} title @param {string[]} command */
function step(title, command) {
  const started = Date.now();
  console.log(`\n── ${title}`);
  const { status } = spawnSync(node, command, { stdio: 'inherit' });
  console.log(
    `── ${title}: ${status === 0 ? 'ok' : 'FAILED'}, ${Math.round((Date.now() - started) / 1000)} s`,
  );
  if (status !== 0) broken = true;
}

step('lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']);
step('types', ['node_modules/typescript/bin/tsc', '--noEmit']);
if (!buildIsCurrent()) step('build', ['scripts/build.js']);
for (const kind of kinds) {
  const file = join(results, `${kind}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  step(`${kind} tests`, ['node_modules/vitest/vitest.mjs', 'run', '--project', kind, ...reporters]);
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    totals.passed += report.numPassedTests;
    totals.failed += report.numFailedTests;
    totals.skipped += report.numPendingTests;
    if (report.numPassedTests === 0) broken = true;
  } catch {
    console.error(`The ${kind} tests left no report.`);
    broken = true;
  }
}
rmSync(results, { recursive: true, force: true });

if (broken && totals.failed === 0) console.error('\nSomething outside a test failed: see above.');
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(broken ? 1 : 0);
