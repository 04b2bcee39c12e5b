import { readFile } from 'node:fs/promises';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { readRegressions, withoutTest } from '../../scripts/regression-table.js';

const rows = readRegressions();

/** The names under which a file has tests, as they are written, and the cases that are whole names. */
async function testsIn(file: string): Promise<string[]> {
  const names: string[] = [];
  const text = await readFile(file, 'utf8');
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const cases = ts.isCallExpression(node.expression) ? node.expression : null;
      const called = (cases ?? node).expression.getText().split('.');
      const [name] = node.arguments;
      const isTest = /^(it|test)$/.test(called[0] ?? '') && called.length === (cases ? 2 : 1);
      if (isTest && name && ts.isStringLiteralLike(name)) {
        if (name.text === '%s') names.push(...firstTexts(cases?.arguments[0]));
        else names.push(name.text);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return names;
}

const firstTexts = (cases: ts.Node | undefined): string[] =>
  cases && ts.isArrayLiteralExpression(cases)
    ? cases.elements.flatMap((row) => {
        const [first] = ts.isArrayLiteralExpression(row) ? row.elements : [row];
        return first && ts.isStringLiteralLike(first) ? [first.text] : [];
      })
    : [];

// That each of these tests was run, and passed, is looked at by `npm test` when all have ended.
describe('the table of defects that must not come back', () => {
  it('names one test for each', () => {
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.filter(({ defect, file, name }) => !defect || !file || !name)).toEqual([]);
    expect(new Set(rows.map(({ defect }) => defect)).size).toBe(rows.length);
  });

  it.each(rows)('$defect', async ({ file, name }) => {
    expect((await testsIn(file)).filter((test) => test === name)).toEqual([name]);
    const source = await readFile(file, 'utf8');
    expect(source, 'a test that does not run guards nothing').not.toMatch(
      /\b(it|test|describe)\.(skip|todo|only|fails|skipIf|runIf)\b/,
    );
  });
});

describe('the look at what was run', () => {
  const row = (name: string, file = 'tests/some.test.ts') => ({ defect: 'A defect', file, name });
  const passed = ['tests/some.test.ts > is refused', 'tests/some.test.ts > opens for its author, twice'];

  it('finds a test by its whole name in its own file, and one of many cases by any of them', () => {
    expect(withoutTest([row('is refused'), row('opens for its %s, twice')], passed)).toEqual([]);
    const missing = [row('is refus'), row('closes for its %s'), row('is refused', 'tests/other.test.ts')];
    expect(withoutTest(missing, passed)).toHaveLength(missing.length);
    expect(withoutTest(rows, [])).toHaveLength(rows.length);
  });
});
