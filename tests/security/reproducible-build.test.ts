import { execFile } from 'node:child_process';
import { cp, link, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildPages } from '#tests/support/build-pages.ts';

const run = promisify(execFile);
const sources = ['app', 'core', 'packages', 'prisma', 'public', 'scripts', 'server', 'worker'];
const settings = ['package.json', 'package-lock.json', 'remix.config.js', 'tsconfig.json', 'vite.config.ts'];
const artifacts = join('tests', '.artifacts');
let elsewhere: string;

beforeAll(async () => {
  await buildPages();
  await mkdir(artifacts, { recursive: true });
  // On the same disk, so that the libraries need not be copied, and by a longer way, which changes every path.
  elsewhere = join(await mkdtemp(join(artifacts, 'elsewhere-')), 'another', 'folder');
  await mkdir(elsewhere, { recursive: true });
  for (const path of [...sources, ...settings]) await cp(path, join(elsewhere, path), { recursive: true });
  await rm(join(elsewhere, 'public', 'entry.worker.js'), { force: true });
  await linkAll('node_modules', join(elsewhere, 'node_modules'));
});
afterAll(() => rm(dirname(dirname(elsewhere)), { recursive: true, force: true }));

it('two builds of one source are the same, whatever the folder, the time zone and the language', async () => {
  await run(process.execPath, ['scripts/build.js'], {
    cwd: elsewhere,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      TZ: 'Pacific/Apia',
      LANG: 'tr_TR.UTF-8',
      SOURCE_COMMIT: '',
    },
  });
  const [first, second] = [await contents('.'), await contents(elsewhere)];
  expect([...second.keys()]).toEqual([...first.keys()]);
  expect(first.size).toBeGreaterThan(40);
  const different = [...first].filter(([path, content]) => content !== second.get(path));
  expect(different.map(([path]) => path)).toEqual([]);
}, 240_000);

/** Everything a build makes, by path. */
async function contents(folder: string): Promise<Map<string, string>> {
  const made = await readdir(join(folder, 'build'), { recursive: true, withFileTypes: true });
  const paths = made.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  paths.push(join(folder, 'public', 'entry.worker.js'));
  const found = new Map<string, string>();
  for (const path of paths.sort()) {
    let content = await readFile(path, 'latin1');
    // The commit is known only in a checkout; the copy is none.
    if (path.endsWith('integrity.json')) content = content.replace(/"commit": .*/, '');
    found.set(relative(folder, path), content);
  }
  return found;
}

/** A copy that takes no room, where the disk can do that. */
async function linkAll(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      if (entry.name !== '.cache' && entry.name !== '.vite') await linkAll(source, target);
    } else if (entry.isFile()) await link(source, target).catch(() => cp(source, target));
    else await symlink(relative(to, source), target);
  }
}
