import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['app', 'core', 'public', 'remix.config.js', 'vite.config.ts', 'package-lock.json'];

/** @param {string} path @returns {number} the latest change below it, tests apart, ms */
export function latestChange(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => latestChange(join(path, name))));
}

/** Tells whether the built pages are newer than all of their sources. */
export function buildIsCurrent() {
  const built = statSync('build/server/index.js', { throwIfNoEntry: false });
  return built !== undefined && built.mtimeMs > Math.max(...sources.map(latestChange));
}
