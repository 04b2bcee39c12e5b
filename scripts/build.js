import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';

const remix = 'node_modules/@remix-run/dev/dist/cli.js';
if (!existsSync(remix)) {
  console.error('The build tools are not installed. Run "npm install" without --omit=dev.');
  process.exit(1);
}
// A worker script of an earlier build would be taken for a source.
rmSync('public/entry.worker.js', { force: true });
const build = spawnSync(process.execPath, [remix, 'vite:build', '--logLevel', 'warn'], {
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production' },
});
process.exit(build.status ?? 1);
