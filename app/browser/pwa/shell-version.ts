import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Served besides everything in `public/icons`. */
const shellNames = ['offline.html', 'offline.css', 'offline.svg', 'favicon.svg', 'manifest.webmanifest'];

/** Lists the paths of the static files that the worker caches when it installs, sorted. */
export function listShellFiles(publicFolder: string): string[] {
  const icons = existsSync(`${publicFolder}/icons`) ? readdirSync(`${publicFolder}/icons`) : [];
  return [...shellNames, ...icons.map((name) => `icons/${name}`)]
    .filter((name) => existsSync(`${publicFolder}/${name}`))
    .map((name) => `/${name}`)
    .sort();
}

/**
 * Computes a version of the shell from the content of its files and the names of built files, which
 * contain hashes. Two builds of the same source have the same version.
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
