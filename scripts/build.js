import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { describeBuild } from './integrity.js';

const remix = 'node_modules/@remix-run/dev/dist/cli.js';
// One dependency installs some of them anyway.
if (![remix, 'node_modules/@remix-pwa/dev/package.json'].every((file) => existsSync(file))) {
  console.error('The build tools are not installed. Run "npm install" without --omit=dev.');
  process.exit(1);
}
// A failed or interrupted build leaves the existing pages alone. The folder always has the same
// name: the name is part of the output, and builds of the same source must be identical.
const fresh = 'build.fresh';
rmSync(fresh, { recursive: true, force: true });
const build = spawnSync(process.execPath, [remix, 'vite:build', '--logLevel', 'warn'], {
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production', BUILD_DIRECTORY: fresh },
});
if (build.status === 0) {
  const integrity = JSON.stringify(await describeBuild(`${fresh}/client`), null, 2);
  writeFileSync(`${fresh}/client/integrity.json`, `${integrity}\n`);
  compressAssets(`${fresh}/client/assets`);
  const old = `${fresh}.old`;
  if (existsSync('build')) renameSync('build', old);
  renameSync(fresh, 'build');
  rmSync(old, { recursive: true, force: true });
}
rmSync(fresh, { recursive: true, force: true });
process.exit(build.status ?? 1);

/**
 * Writes a compressed copy beside each text file, at the best level: the server has no time for
 * that during a request.
 * @param {string} folder
 */
function compressAssets(folder) {
  for (const name of readdirSync(folder).filter((file) => /\.(js|css|wasm|svg)$/.test(file))) {
    const content = readFileSync(`${folder}/${name}`);
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    for (const [ending, copy] of Object.entries({
      br: brotliCompressSync(content, { params }),
      gz: gzipSync(content, { level: 9 }),
    })) {
      if (copy.length < content.length) writeFileSync(`${folder}/${name}.${ending}`, copy);
    }
  }
}
