import './require-node.js';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'vite';

// Builds the package entry projectbff/client and the command bff: ES modules that need only Node,
// plus sharp and libheif-js for photos.
const out = 'dist/client';
rmSync('dist', { recursive: true, force: true });

const common = { configFile: /** @type {false} */ (false), logLevel: /** @type {'error'} */ ('error') };
const shared = {
  outDir: out,
  emptyOutDir: false,
  minify: false,
  copyPublicDir: false,
};
const chunks = { chunkFileNames: 'chunks/[name]-[hash].js', entryFileNames: '[name].js' };
await build({
  ...common,
  ssr: { noExternal: true, external: ['sharp', 'libheif-js'] },
  build: {
    ...shared,
    ssr: true,
    target: 'node20',
    rollupOptions: {
      input: { node: 'client/node.ts', bff: 'cli/main.ts' },
      output: { ...chunks, banner: (chunk) => (chunk.name === 'bff' ? '#!/usr/bin/env node' : '') },
    },
  },
});
await build({
  ...common,
  build: {
    ...shared,
    target: 'es2022',
    lib: { entry: { browser: 'client/browser.ts' }, formats: ['es'] },
    rollupOptions: { output: chunks },
  },
});
chmodSync(join(out, 'bff.js'), 0o755);
emitTypes();

/** Emits declarations for everything the entries reach; the server's procedures type the calls. */
function emitTypes() {
  const types = join(out, 'types');
  const tsc = ['node_modules/typescript/bin/tsc', '-p', 'client/tsconfig.json', '--outDir', types];
  const { status } = spawnSync(process.execPath, tsc, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  // The compiler doesn't copy handwritten declarations or Prisma's.
  mkdirSync(join(types, 'prisma'), { recursive: true });
  cpSync('prisma/contract.d.ts', join(types, 'prisma/contract.d.ts'));
  for (const name of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue;
    const path = join(types, name);
    const text = readFileSync(path, 'utf8').replace(
      /(from |import\()(['"])(#(?:core|server|app|worker)\/[^'"]+|\.{1,2}\/[^'"]+)\.tsx?\2/g,
      (_, before, quote, target) => {
        const own = target.startsWith('#') ? relative(dirname(name), target.slice(1)) : target;
        return `${before}${quote}${own.startsWith('.') ? own : `./${own}`}.js${quote}`;
      },
    );
    writeFileSync(path, text);
  }
  if (!existsSync(join(types, 'client/node.d.ts'))) throw new Error("The client's types weren't built.");
}
