import { readFileSync } from 'node:fs';

/** @typedef {{ defect: string, file: string, name: string }} Regression */

/** @returns {Regression[]} the rows of docs/regressions.md */
export function readRegressions() {
  return readFileSync('docs/regressions.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (Defect|---)/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, defect = '', file = '', name = '']) => ({ defect, file, name }));
}

/**
 * @param {Regression[]} rows
 * @param {string[]} passed the tests that ran and passed, each as `file > name`
 * @returns {string[]} the rows whose test is not among them
 */
export function withoutTest(rows, passed) {
  const names = new Set(passed);
  return rows
    .filter(({ file, name }) => {
      if (names.has(`${file} > ${name}`)) return false;
      // The name of a parametrised test has placeholders for each case.
      const parts = name
        .split(/%[sdifjo]|\$[\w.]+/)
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      const pattern = new RegExp(`^${parts.join('.+')}$`, 's');
      return (
        parts.length === 1 ||
        !passed.some((test) => test.startsWith(file) && pattern.test(test.slice(file.length + 3)))
      );
    })
    .map(({ defect, file, name }) => `${defect}: no test passed as ${file} > ${name}`);
}
