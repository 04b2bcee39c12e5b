import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '#tests/support/database-embedded.ts';

/** Prints the packages that opening a database and using it loads. */
const script = `
  import { registerHooks } from 'node:module';
  const packages = new Set();
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      const [, name] = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(found.url) ?? [];
      if (name) packages.add(name);
      return found;
    },
  });
  const { openDatabase } = await import(process.argv[1]);
  const db = await openDatabase({ dataDir: process.argv[2] });
  await db.orm.users.where({ username: 'alpha' }).first();
  await db.close();
  console.log(JSON.stringify([...packages]));
`;

it('a running server loads neither the toolchain of the ORM nor a compiler', async () => {
  const directory = await temporaryDirectory();
  const client = new URL('../../../server/db/client.ts', import.meta.url).href;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script, client, directory.path], {
    encoding: 'utf8',
  });
  await directory.remove();
  expect(run.stderr).toBe('');
  const packages: string[] = JSON.parse(run.stdout);
  expect(packages).toContain('@prisma/orm-mongo');
  for (const heavy of ['@prisma/orm-toolchain', 'typescript', 'vite', 'esbuild']) {
    expect(packages).not.toContain(heavy);
  }
});
