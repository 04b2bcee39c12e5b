import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listShellFiles, shellVersion } from '#app/browser/pwa/shell-version.ts';

let folder: string;
let assets: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bff-shell-'));
  assets = join(folder, 'built');
  mkdirSync(join(folder, 'icons'));
  mkdirSync(assets);
  for (const name of [
    'offline.html',
    'offline.css',
    'icons/b.png',
    'icons/a.png',
    'entry.worker.js',
    'robots.txt',
  ]) {
    writeFileSync(join(folder, name), name);
  }
  writeFileSync(join(assets, 'root-abc.js'), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the shell is its named files and the icons, in a fixed order, never the worker itself', () => {
  expect(listShellFiles(folder)).toEqual(['/icons/a.png', '/icons/b.png', '/offline.css', '/offline.html']);
});

test('the same files make the same version', () => {
  const before = shellVersion(folder, assets);
  writeFileSync(join(folder, 'offline.html'), 'offline.html');
  writeFileSync(join(folder, 'robots.txt'), 'not part of it');
  expect(shellVersion(folder, assets)).toBe(before);
  expect(before).toMatch(/^[0-9a-f]{16}$/);
});

test('another content, another file or another set of built files is another version', () => {
  const seen = [shellVersion(folder, assets)];
  writeFileSync(join(folder, 'offline.html'), 'changed');
  seen.push(shellVersion(folder, assets));
  writeFileSync(join(folder, 'icons/c.png'), '');
  seen.push(shellVersion(folder, assets));
  writeFileSync(join(assets, 'root-def.js'), '');
  seen.push(shellVersion(folder, assets));
  expect(new Set(seen).size).toBe(4);
});
