import { execFile, execFileSync } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildClient } from '#tests/support/build-client.ts';

const run = promisify(execFile);
const artifacts = join('tests', '.artifacts');
let consumer: string;
let installed: string;

/** The package as `npm pack` makes it, installed beside somebody's own program. */
beforeAll(async () => {
  await buildClient();
  await mkdir(artifacts, { recursive: true });
  consumer = resolve(await mkdtemp(join(artifacts, 'consumer-')));
  installed = join(consumer, 'node_modules', 'projectbff');
  await mkdir(installed, { recursive: true });
  const { stdout } = await run('npm', [
    'pack',
    '--ignore-scripts',
    '--silent',
    '--pack-destination',
    consumer,
  ]);
  await run('tar', ['-xzf', join(consumer, stdout.trim()), '-C', installed, '--strip-components=1']);
  await writeFile(join(consumer, 'package.json'), JSON.stringify({ type: 'module' }));
}, 240_000);
afterAll(() => rm(consumer, { recursive: true, force: true }));

const program = `
import { BffError, createBffClient, type OpenedLetter, type SavedSession } from 'projectbff/client';
const client = createBffClient({ url: 'https://letters.example' });
export async function main(): Promise<string[]> {
  await client.logIn({ username: 'alpha', password: 'x', secondFactor: () => '123456' });
  const titles: (string | null)[] = [];
  for await (const { title } of client.letters.inbox()) titles.push(title);
  const letter: OpenedLetter = await client.letters.open('x');
  const bytes: Uint8Array = (await letter.photo(0)).bytes;
  const session: SavedSession | null = client.session;
  const me = await client.api.accounts.me.query();
  const name: string | undefined = me?.username;
  await client.letters.send({ to: 'beta', body: 'a title is not needed' });
  // @ts-expect-error a letter needs words, if no title
  await client.letters.send({ to: 'beta', title: 'x' });
  // @ts-expect-error there is no such procedure
  await client.api.letters.burn.mutate({});
  // @ts-expect-error an id is a text
  await client.api.letters.get.query({ id: 7 });
  return [String(bytes.length), String(session), String(name), String(new BffError('network', '').code)];
}
`;

describe('the package', () => {
  it('has types that a program is held to', async () => {
    await writeFile(join(consumer, 'program.ts'), program);
    const options = ['--module', 'nodenext', '--target', 'es2023', '--strict', '--noEmit', '--skipLibCheck'];
    const types = ['--lib', 'es2023,dom,dom.iterable', '--types', 'node'];
    const tsc = resolve('node_modules/typescript/bin/tsc');
    const said = await run(process.execPath, [tsc, ...options, ...types, 'program.ts'], {
      cwd: consumer,
    }).then(
      () => '',
      (error: { stdout: string }) => error.stdout,
    );
    expect(said).toBe('');
  }, 120_000);

  it('has nothing of the server in its scripts', async () => {
    const files = await readdir(join(installed, 'dist'), { recursive: true });
    const scripts = files.filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(3);
    for (const name of scripts) {
      const text = await readFile(join(installed, 'dist', name), 'utf8');
      for (const sign of ['mongodb', 'prisma', 'DATABASE_URL', 'APP_SECRET', 'ioredis', process.cwd()])
        expect(text.includes(sign), `${name} ${sign}`).toBe(false);
    }
  });

  it('reaches for nothing of Node in a browser’s script, but where it asks first', async () => {
    const text = await readFile(join(installed, 'dist', 'client', 'browser.js'), 'utf8');
    expect(text).not.toMatch(/(from|import\()\s*["'](node:|sharp|fs|path)/);
  });

  it('names the package that a photo needs and how to get it, and no other', async () => {
    // Away from the packages of this repository.
    const apart = await mkdtemp(join(tmpdir(), 'bff-consumer-'));
    try {
      await cp(installed, join(apart, 'node_modules', 'projectbff'), { recursive: true });
      const entry = join(apart, 'node_modules', 'projectbff', 'dist', 'client', 'node.js');
      // A letter would need a server.
      await appendFile(entry, 'export { preparePhotoInNode };');
      const program = `
        import { readFile } from 'node:fs/promises';
        import { preparePhotoInNode } from ${JSON.stringify(entry)};
        const photo = await readFile(process.argv[1]);
        console.log(await preparePhotoInNode(photo).then(({ width }) => width, ({ code, message }) => code + ': ' + message));`;
      const prepare = async (file: string) => {
        const photo = resolve('tests/support/cases', file);
        const words = ['--input-type=module', '-e', program, photo];
        return (await run(process.execPath, words, { cwd: apart })).stdout.trim();
      };
      expect(await prepare('48-heic-srgb.heic')).toBe(
        'unavailable: Photos need the package "sharp". Install it: npm install sharp',
      );
      await symlink(resolve('node_modules/sharp'), join(apart, 'node_modules', 'sharp'));
      expect(await prepare('01-samsung-sos.jpg')).toMatch(/^\d+$/);
      expect(await prepare('48-heic-srgb.heic')).toBe(
        'unavailable: HEIC photos need the package "libheif-js". Install it: npm install libheif-js',
      );
      await symlink(resolve('node_modules/libheif-js'), join(apart, 'node_modules', 'libheif-js'));
      expect(await prepare('48-heic-srgb.heic')).toMatch(/^\d+$/);
    } finally {
      await rm(apart, { recursive: true, force: true });
    }
  }, 120_000);

  it.each(nodes())('runs on Node %s', async (_, node) => {
    await writeFile(
      join(consumer, 'start.js'),
      `import { createBffClient } from 'projectbff/client';
       const away = createBffClient({ url: 'http://127.0.0.1:9' });
       const error = await away.logIn({ username: 'a', password: 'b' }).catch((error) => error);
       console.log(error.name, error.code);`,
    );
    const { stdout } = await run(node, ['start.js'], { cwd: consumer });
    expect(stdout.trim().split('\n').at(-1)).toBe('BffError network');
    const help = await run(node, [join(installed, 'bin', 'bff.js'), 'help']);
    expect(help.stdout).toContain('bff write');
  });
});

/** This one, and the machine's own where it is new enough and another. */
function nodes(): [version: string, path: string][] {
  const found = new Map([[process.versions.node, process.execPath]]);
  const folders = (process.env.PATH ?? '').split(':').filter((folder) => !folder.includes('node_modules'));
  for (const folder of folders) {
    try {
      const path = join(folder, 'node');
      const version = execFileSync(path, ['--version'], { encoding: 'utf8', stdio: 'pipe' }).trim().slice(1);
      if (Number(version.split('.')[0]) >= 20 && !found.has(version)) found.set(version, path);
    } catch {
      // Not there, or not for this machine.
    }
  }
  return [...found];
}
