import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A browser to start, and the environment it needs beyond the process's own. */
export interface FoundBrowser {
  executablePath: string;
  env: Record<string, string>;
}

const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
const manifest = new URL('../../node_modules/@sparticuz/chromium/package.json', import.meta.url);

/**
 * Finds a Chromium: the packaged one, unpacked if it has not been yet, or the system's.
 *
 * @param kind `whole` prefers a system browser; `shell` uses one only where the package does not run.
 */
export async function findBrowser(kind: 'shell' | 'whole' = 'shell'): Promise<FoundBrowser> {
  const executablePath = systemBrowsers.find((path) => existsSync(path));
  // The package is made for one platform.
  const packageRuns = process.platform === 'linux' && process.arch === 'x64';
  if (executablePath && (kind === 'whole' || !packageRuns)) return { executablePath, env: {} };
  if (!packageRuns) throw new Error(`The browser tests need Chromium at ${systemBrowsers.join(' or ')}.`);
  // The folder carries the version, so that a newer package is not tested with what an older one left.
  const folder = `${cache}/chromium-${JSON.parse(readFileSync(manifest, 'utf8')).version}`;
  if (!existsSync(folder)) await unpack(folder);
  return {
    executablePath: `${folder}/chromium`,
    env: {
      LD_LIBRARY_PATH: `${folder}/al2023/lib`,
      FONTCONFIG_FILE: `${folder}/fonts/fonts.conf`,
    },
  };
}

/** Unpacks beside `folder` and renames, so that a process that is killed leaves no half-unpacked browser. */
async function unpack(folder: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const staging = await mkdtemp(`${folder}-`);
  try {
    // The package unpacks into the folder for temporary files, brings its libraries only on the service it is made for,
    // and changes the environment of the process it is loaded in: hence a process of its own.
    const script =
      "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();";
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    });
    await writeFile(`${staging}/fonts/fonts.conf`, fontsConf(`${folder}/fonts`));
    await chmod(staging, 0o755);
    // Another process may have been faster; its browser is the same.
    await rename(staging, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** The package's own file names folders of the service it is made for. Without a font, Chromium's renderer crashes. */
function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${escapeXml(folder)}/fonts</dir>
  <cachedir>${escapeXml(folder)}/cache</cachedir>
</fontconfig>
`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
