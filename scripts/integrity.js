import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * The files a build ships to browsers, published at `/integrity.json`.
 * @typedef {object} Integrity
 * @property {string} version of package.json
 * @property {string | null} commit of the sources; null for changed sources or without git
 * @property {number} suite of core/crypto
 * @property {Record<string, string>} files address → `sha384-…` as in Subresource Integrity, sorted
 *   by address
 */

/** @param {Uint8Array} content @returns {string} */
export const sri = (content) => `sha384-${createHash('sha384').update(content).digest('base64')}`;

/**
 * @param {string} client folder of the built files
 * @returns {Promise<Integrity>}
 */
export async function describeBuild(client) {
  const { SUITE } = await import('../core/crypto/suite.ts');
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const files = [client, 'public'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [`/${relative(folder, path).split(sep).join('/')}`, sri(readFileSync(path))]),
  );
  files.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return { version, commit: sourceCommit(), suite: SUITE, files: Object.fromEntries(files) };
}

/** @returns {string | null} `SOURCE_COMMIT` is for builds without git history, such as images. */
function sourceCommit() {
  if (process.env.SOURCE_COMMIT) return process.env.SOURCE_COMMIT;
  /** @param {string[]} words */
  const git = (...words) => {
    const { status, stdout } = spawnSync('git', words, { encoding: 'utf8' });
    return status === 0 ? stdout.trim() : null;
  };
  const root = git('rev-parse', '--show-toplevel');
  // A folder inside another repository doesn't belong to that repository's commit.
  if (!root || realpathSync(root) !== realpathSync('.')) return null;
  return git('status', '--porcelain') === '' ? git('rev-parse', 'HEAD') : null;
}
