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
