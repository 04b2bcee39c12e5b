import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it.each(['docs/architecture.md', 'CONTRIBUTING.md', 'README.md'])(
  '%s names only files that are there',
  (page) => {
    const paths = [...readFileSync(page, 'utf8').matchAll(/`([a-z][\w.-]*\/[\w./-]*)`/g)].map(
      ([, path = '']) => path,
    );
    expect(paths.length).toBeGreaterThan(3);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  },
);

it('docs/security.md names only tests that are there', () => {
  const page = readFileSync('docs/security.md', 'utf8');
  const kinds = [...page.matchAll(/`((?:unit|contracts|journeys|security|e2e)\/[\w/-]+)`/g)];
  const besideCode = [...page.matchAll(/`([\w/.-]+\.test\.tsx?)`/g)];
  expect(besideCode.length).toBeGreaterThan(20);
  const named = [...kinds.map(([, path]) => `tests/${path}`), ...besideCode.map(([, path = '']) => path)];
  expect(named.length).toBeGreaterThan(100);
  const isThere = (path: string) =>
    existsSync(path) || existsSync(`${path}.test.ts`) || existsSync(`${path}.test.tsx`);
  expect(named.filter((path) => !isThere(path))).toEqual([]);
});

it('docs/security.md says what is not protected before it says what is', () => {
  const headings = [...readFileSync('docs/security.md', 'utf8').matchAll(/^## (.+)$/gm)].map(
    ([, heading]) => heading,
  );
  expect(headings[0]).toBe('In short: what it does not protect against');
  expect(headings.at(-1)).toBe('What is not claimed');
});
