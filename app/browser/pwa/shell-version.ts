import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Beside these, everything in `public/icons`. */
const shellNames = ['offline.html', 'offline.css', 'offline.svg', 'favicon.svg', 'manifest.webmanifest'];

/** Paths of the static files the worker keeps from the start, in a fixed order. */
export function listShellFiles(publicFolder: string): string[] {
  const icons = existsSync(`${publicFolder}/icons`) ? readdirSync(`${publicFolder}/icons`) : [];
  return [...shellNames, ...icons.map((name) => `icons/${name}`)]
    .filter((name) => existsSync(`${publicFolder}/${name}`))
    .map((name) => `/${name}`)
    .sort();
}

/**
 * Names one state of the shell: another one when a shell file's content or the set of built files (whose names carry a
 * hash of their content) is another, the same for two builds of one source.
 */
export function shellVersion(publicFolder: string, assetsFolder: string): string {
  const hash = createHash('sha256');
  for (const path of listShellFiles(publicFolder)) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(publicFolder + path))
      .update('\0');
  }
  const assets = existsSync(assetsFolder) ? readdirSync(assetsFolder).sort() : [];
  return hash.update(assets.join('\0')).digest('hex').slice(0, 16);
}
