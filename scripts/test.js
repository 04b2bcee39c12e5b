import './require-node.js';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIsCurrent } from './build-state.js';
import { readRegressions, withoutTest } from './regression-table.js';

// Runs everything, quickest failures first: lint, types, then each kind of test. Tests that mostly
// wait (contracts) run beside tests that mostly compute, and their output is printed at their end.
const folder = mkdtempSync(join(tmpdir(), 'bff-test-'));
const began = Date.now();
const totals = { passed: 0, failed: 0, skipped: 0 };
const /** @type {string[]} */ wrong = [];
const /** @type {string[]} */ flaky = [];
const /** @type {string[]} */ passed = [];

/**
 * @param {string} title @param {string[]} command
 * @param {{ beside?: boolean, env?: Record<string, string> }} [options] `beside`: its output is
 *   kept until it is over
 * @returns {Promise<boolean>} whether it went well
 */
async function step(title, command, { beside = false, env = {} } = {}) {
  const started = Date.now();
  if (!beside) console.log(`\n── ${title}`);
  const colour = beside && process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const child = spawn(process.execPath, command, {
    stdio: beside ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...process.env, ...colour, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  const status = await new Promise((resolve) => child.once('close', resolve));
  const seconds = Math.round((Date.now() - started) / 1000);
  if (beside) console.log(`\n── ${title} (ran beside the others)\n${output}`);
  console.log(`── ${title}: ${status === 0 ? 'ok' : 'FAILED'}, ${seconds} s`);
  return status === 0;
}

/** @param {string} kind @param {{ beside?: boolean }} [options] */
async function tests(kind, options) {
  const file = join(folder, `${kind}.json`);
  const command = ['node_modules/vitest/vitest.mjs', 'run', '--project', kind];
  if (kind === 'security') command.push('--project', 'siege');
  // One more file at a time than there are cores: some of them wait.
  if (options?.beside) command.push(`--maxWorkers=${Math.max(2, availableParallelism()) + 1}`);
  const reporters = ['--reporter=default', '--reporter=./scripts/test-report.js'];
  if (kind === 'security') reporters.push('--reporter=./scripts/attack-report.js');
  const ok = await step(`${kind} tests`, [...command, ...reporters], {
    ...options,
    env: { TEST_REPORT: file },
  });
  try {
    /** @type {import('./test-report.js').TestReport} */
    const report = JSON.parse(readFileSync(file, 'utf8'));
    totals.passed += report.passed.length;
    passed.push(...report.passed);
    totals.failed += report.failed;
    totals.skipped += report.skipped;
    flaky.push(...report.flaky);
    const found = [...report.failures, ...report.unhandled.map((error) => `outside a test: ${error}`)];
    if (!ok && found.length === 0) found.push('vitest ended with an error that no test had: see above');
    if (report.passed.length === 0) found.push('no test passed');
    wrong.push(...found.map((one) => `${kind} tests: ${one}`));
  } catch {
    wrong.push(`${kind} tests: they left no report, see above`);
  }
}

/** @param {string} title @param {string[]} command @param {{ beside?: boolean }} [options] */
async function check(title, command, options) {
  if (!(await step(title, command, options))) wrong.push(`${title}: see above`);
}

// Only what a change touches: `npm test -- --related`, or `--related main` for all of a branch.
const related = process.argv.indexOf('--related');
if (related >= 0) {
  const ref = process.argv[related + 1];
  const kinds = ['unit', 'contracts', 'journeys', 'security'].flatMap((kind) => ['--project', kind]);
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', ref ? `--changed=${ref}` : '--changed', ...kinds];
  await check('lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']);
  await check('types', ['node_modules/typescript/bin/tsc', '--noEmit']);
  await check('tests of what changed', [...vitest, '--passWithNoTests']);
  console.log('\nThe browser tests know no imports: npm run test:e2e -- FILE');
  process.exit(wrong.length > 0 ? 1 : 0);
}

await check('lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']);
const types = check('types', ['node_modules/typescript/bin/tsc', '--noEmit'], { beside: true });
if (!buildIsCurrent()) await check('build', ['scripts/build.js']);
await types;
const contracts = tests('contracts', { beside: true });
await tests('unit');
await tests('unit-without-x25519');
await tests('journeys');
await tests('security');
await contracts;
await tests('e2e');
rmSync(folder, { recursive: true, force: true });
wrong.push(...withoutTest(readRegressions(), passed).map((one) => `docs/regressions.md: ${one}`));

if (flaky.length > 0) console.log(`\nPassed only when tried again:\n  ${flaky.join('\n  ')}`);
if (wrong.length > 0) console.error(`\nWhat failed:\n  ${wrong.join('\n  ')}`);
console.log(`\n${Math.round((Date.now() - began) / 1000)} s in all`);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(wrong.length > 0 ? 1 : 0);
