import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const table = await readFile('docs/regressions.md', 'utf8');
const rows = table
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (Defect|---)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, defect = '', file = '', name = '']) => ({ defect, file, name }));

describe('the table of defects that must not come back', () => {
  it('names one test for each', () => {
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.filter(({ defect, file, name }) => !defect || !file || !name)).toEqual([]);
    expect(new Set(rows.map(({ defect }) => defect)).size).toBe(rows.length);
  });

  it.each(rows)('$defect', async ({ file, name }) => {
    const source = await readFile(file, 'utf8');
    const quoted = [`'${name}'`, `"${name}"`, `\`${name}\``].filter((text) => source.includes(text));
    expect(quoted, `${file} has no test of this name`).toHaveLength(1);
    expect(source, 'a test that does not run guards nothing').not.toMatch(
      /\b(it|test|describe)\.(skip|todo|only)\b/,
    );
  });
});
