import { writeFileSync } from 'node:fs';

/**
 * @typedef {{ passed: string[], failed: number, skipped: number, failures: string[], flaky:
 *   string[], unhandled: string[] }} TestReport
 */

/**
 * A vitest reporter. Writes the result of `npm test` to the file in `TEST_REPORT`: passed tests,
 * and failures inside or outside a test.
 */
export default class {
  /**
   * @param {ReadonlyArray<import('vitest/node').TestModule>} modules
   * @param {ReadonlyArray<import('vitest/node').SerializedError>} errors
   */
  onTestRunEnd(modules, errors) {
    const { TEST_REPORT } = process.env;
    if (!TEST_REPORT) return;
    /** @type {TestReport} */
    const report = {
      passed: [],
      failed: 0,
      skipped: 0,
      failures: [],
      flaky: [],
      unhandled: errors.map(line),
    };
    for (const module of modules) {
      const file = module.relativeModuleId;
      // A file that doesn't load has no tests that could fail; a hook that throws belongs to no
      // test.
      for (const suite of [module, ...module.children.allSuites()])
        for (const error of suite.errors()) report.failures.push(`${file}: ${line(error)}`);
      for (const test of module.children.allTests()) {
        const { state, errors: reasons } = test.result();
        if (state === 'passed') report.passed.push(`${file} > ${test.name}`);
        else if (state === 'failed') report.failed += 1;
        else report.skipped += 1;
        if (state === 'failed') report.failures.push(`${file} > ${test.fullName}: ${line(reasons?.[0])}`);
        if (test.diagnostic()?.flaky) report.flaky.push(`${file} > ${test.fullName}`);
      }
    }
    writeFileSync(TEST_REPORT, JSON.stringify(report));
  }
}

/**
 * @param {{ name?: string, message?: string } | undefined} error @returns {string} its first line
 */
function line(error) {
  const [first = ''] = (error?.message ?? 'no reason given').split('\n');
  return error?.name && error.name !== 'AssertionError' ? `${error.name}: ${first}` : first;
}
