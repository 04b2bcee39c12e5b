import { rmSync } from 'node:fs';
import { remixPWA } from '@remix-pwa/dev';
import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig, type Rollup } from 'vite';
import { listShellFiles, shellVersion } from './app/browser/pwa/shell-version.ts';
import remixConfig from './remix.config.js';

export default defineConfig(({ command, isSsrBuild }) => ({
  plugins: [
    remix(remixConfig),
    // No worker stands between the pages and their author while they are edited.
    command === 'build' && buildWorker(isSsrBuild === true),
  ],
  // While sources are served: what pages load late is found beforehand, or the page would be loaded anew under their author.
  optimizeDeps: {
    entries: ['app/entry.client.tsx', 'app/root.tsx', 'app/**/*.route.tsx', 'app/**/*.worker.ts'],
  },
  // The server serves public/ from where it is.
  build: { target: 'es2022', copyPublicDir: false, rollupOptions: { onwarn } },
  // Workers are modules: what they load late (Argon2's WebAssembly) is a file of its own.
  worker: { format: 'es' },
}));

/** Leaves out what is known and means nothing, so that any other warning is seen. */
function onwarn(warning: Rollup.RollupLog, warn: (warning: Rollup.RollupLog) => void): void {
  const misplaced =
    warning.code === 'INVALID_ANNOTATION' && /node_modules\/(@hpke\/common|zod)\//.test(warning.id ?? '');
  // Only where a runtime has no WebCrypto of its own does @hpke/common ask for Node's.
  const nodeCrypto = /"crypto" has been externalized .* imported by ".*\/@hpke\/common\//.test(
    warning.message,
  );
  // Routes that answer without a page have nothing for the browser.
  const noPage = warning.code === 'EMPTY_BUNDLE';
  // True of one bundle, not of pages that are loaded one by one: a test keeps an eye on what they weigh.
  const notMoved = warning.message.includes('dynamic import will not move module into another chunk');
  if (!misplaced && !nodeCrypto && !noPage && !notMoved) warn(warning);
}

/** The second of the two builds, the server's, makes public/entry.worker.js; by then the browser's files are there. */
function buildWorker(isSecond: boolean) {
  // The plugin prints what went wrong and goes on; without a file of an earlier build it stops.
  if (isSecond) rmSync('public/entry.worker.js', { force: true });
  return remixPWA({
    registerSW: null,
    entryWorkerFile: 'pwa/entry.worker.ts',
    // In place of @remix-pwa/worker-runtime: docs/decisions/006-pwa.md.
    workerEntryPoint: 'app/browser/pwa/entry.worker.ts',
    workerBuildDirectory: 'public',
    workerMinify: true,
    buildVariables: {
      'process.env.SHELL_FILES': JSON.stringify(listShellFiles('public')),
      'process.env.SHELL_VERSION': shellVersion('public', `${remixConfig.buildDirectory}/client/assets`),
    },
  });
}
