import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

it('says in one line that the tools are not installed, also when some of them are', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bff-no-tools-'));
  const build = () =>
    spawnSync(process.execPath, [resolve('scripts/build.js')], { cwd: folder, encoding: 'utf8' });
  const said = 'The build tools are not installed. Run "npm install" without --omit=dev.\n';
  expect(build()).toMatchObject({ status: 1, stdout: '', stderr: said });
  const remix = join(folder, 'node_modules/@remix-run/dev/dist');
  await mkdir(remix, { recursive: true });
  await writeFile(join(remix, 'cli.js'), '');
  expect(build()).toMatchObject({ status: 1, stdout: '', stderr: said });
  await rm(folder, { recursive: true });
});
