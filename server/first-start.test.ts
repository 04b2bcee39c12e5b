import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadAppSecret } from '#server/crypto/app-secret.ts';
import { listen } from '#server/http/listen.ts';
import { EmbeddedStore } from '#sqlite-mongo';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bff-first-start-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const modeOf = async (path: string) => (await stat(path)).mode & 0o7777;
const isNew = async () => true;
const open = (directory: string) => new EmbeddedStore({ directory });

describe('the secret of an installation', () => {
  it('is made once, for its owner only', async () => {
    const { secret } = await loadAppSecret(undefined, folder, isNew);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect((await loadAppSecret(undefined, folder, isNew)).secret).toBe(secret);
    expect(await readdir(folder)).toEqual(['app-secret']);
    expect(await modeOf(join(folder, 'app-secret'))).toBe(0o600);
  });

  it('is made anew when the first start was cut short half-way', async () => {
    await writeFile(join(folder, 'app-secret.tmp'), 'ab');
    expect((await loadAppSecret(undefined, folder, isNew)).secret).toMatch(/^[\w-]{43}$/);
  });

  it('is never made anew when it is damaged: what it opened would be lost', async () => {
    await writeFile(join(folder, 'app-secret'), 'half of it\n');
    await expect(loadAppSecret(undefined, folder, isNew)).rejects.toThrow(/is damaged: restore it/);
    expect(await readFile(join(folder, 'app-secret'), 'utf8')).toBe('half of it\n');
  });

  it('is never made anew when it is lost beside accounts', async () => {
    const lost = loadAppSecret(undefined, folder, async () => false);
    await expect(lost).rejects.toThrow(/is missing: restore it/);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('DATA_DIR', () => {
  it('keeps its mode when it is there, and is made for its owner when it is not', async () => {
    await chmod(folder, 0o1777);
    open(folder).close();
    expect(await modeOf(folder)).toBe(0o1777);
    open(join(folder, 'new', 'one')).close();
    expect(await modeOf(join(folder, 'new', 'one'))).toBe(0o700);
  });

  it('is named in one line when it is no folder, or leads nowhere, or holds something else', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await symlink(join(folder, 'nowhere'), join(folder, 'link'));
    await writeFile(
      join(folder, 'bff.sqlite'),
      'This is no database, and long enough to be looked at. '.repeat(20),
    );
    for (const directory of [file, join(file, 'below'), join(folder, 'link'), folder]) {
      expect(() => open(directory)).toThrow(`DATA_DIR ${directory} cannot be used: `);
    }
  });
});

describe('PORT', () => {
  it('is named when it is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(listen(new Hono(), { host: '127.0.0.1', port })).rejects.toThrow(`Port ${port} is in use`);
    other.close();
  });
});
