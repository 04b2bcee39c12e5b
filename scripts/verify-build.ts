import { readFile } from 'node:fs/promises';
import { type Integrity, sri } from './integrity.js';

/*
 * npm run verify-build -- https://letters.example [build/client/integrity.json]
 *
 * Compares the files a server ships to browsers with a build from source: docs/verifying.md. Exit
 * codes: 0 identical, 1 different, 2 not comparable.
 */

const [address, own = 'build/client/integrity.json'] = process.argv.slice(2);

try {
  if (!address) throw new Error('Usage: npm run verify-build -- https://letters.example');
  const differences = await compare(new URL(address), JSON.parse(await readFile(own, 'utf8')));
  for (const line of differences) console.log(line);
  if (differences.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function compare(server: URL, built: Integrity): Promise<string[]> {
  const said: Integrity = await (await get(new URL('/integrity.json', server))).json();
  console.log(`${server.origin} says: version ${said.version}, commit ${said.commit ?? 'unknown'}`);
  console.log(`your build:  version ${built.version}, commit ${built.commit ?? 'unknown'}`);
  const lines: string[] = [];
  for (const path of new Set([...Object.keys(built.files), ...Object.keys(said.files)])) {
    const [wanted, promised] = [built.files[path], said.files[path]];
    if (!wanted) lines.push(`not in your build: ${path}`);
    else if (!promised) lines.push(`not on the server: ${path}`);
    else if (wanted !== promised) lines.push(`different content: ${path}`);
    // The server may list one file and send another.
    else if ((await hashOf(new URL(path, server))) !== wanted) lines.push(`sent differently:  ${path}`);
  }
  for (const path of await scriptsOfPages(server)) {
    if (!built.files[path]) lines.push(`loaded by a page, but not in your build: ${path}`);
  }
  if (lines.length === 0) console.log(`Identical: ${Object.keys(built.files).length} files.`);
  return lines;
}

async function scriptsOfPages(server: URL): Promise<Set<string>> {
  const found = new Set<string>();
  for (const page of ['/', '/login', '/join', '/offline.html']) {
    const html = await (await get(new URL(page, server))).text();
    const named =
      /(?:<script\b[^>]*\bsrc=|<link\b[^>]*\brel="(?:stylesheet|modulepreload)"[^>]*\bhref=)"([^"]+)"/g;
    const imported = /\b(?:import|from)\s*\(?\s*"([^"]+)"/g;
    for (const pattern of [named, imported]) {
      for (const [, path] of html.matchAll(pattern)) if (path) found.add(path);
    }
  }
  return found;
}

async function hashOf(address: URL): Promise<string> {
  return sri(new Uint8Array(await (await get(address)).arrayBuffer()));
}

async function get(address: URL): Promise<Response> {
  const response = await fetch(address, { redirect: 'error' }).catch((cause) => {
    throw new Error(`Can't reach ${address}.`, { cause });
  });
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return response;
}
