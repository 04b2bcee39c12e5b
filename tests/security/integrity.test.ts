import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';

let world: ServedInstallation;
let files: Record<string, string>;
beforeAll(async () => {
  world = await serveInstallation();
  files = JSON.parse((await createVisitor(world.url).get('/integrity.json')).text).files;
});
afterAll(() => world.close());

const pages = ['/', '/login', '/join', '/about', '/forgot', '/nowhere'];
const sha384 = (content: Uint8Array) => `sha384-${createHash('sha384').update(content).digest('base64')}`;

describe('/integrity.json', () => {
  it('has version, commit and suite, and is always asked for anew', async () => {
    const answer = await createVisitor(world.url).get('/integrity.json');
    const { version, commit, suite } = JSON.parse(answer.text);
    expect(version).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
    expect(commit === null || /^[0-9a-f]{40}$/.test(commit)).toBe(true);
    expect(suite).toBe(1);
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });

  it('has the hash of every script, worker and style as it is served', async () => {
    const paths = Object.keys(files);
    expect(paths).toContain('/entry.worker.js');
    expect(paths.filter((path) => /^\/assets\/.+\.js$/.test(path)).length).toBeGreaterThan(20);
    for (const path of paths) {
      const response = await fetch(world.url + path);
      expect(response.status, path).toBe(200);
      expect(sha384(new Uint8Array(await response.arrayBuffer())), path).toBe(files[path]);
    }
  });
});

describe('a script of the build', () => {
  const [script = ''] = readdirSync('build/client/assets').filter((name) =>
    /^entry\.client-.+\.js$/.test(name),
  );

  it.each(['br', 'gzip'])('is sent small to who takes %s, and is the same then', async (encoding) => {
    const ask = (accepted: string) =>
      fetch(`${world.url}/assets/${script}`, { headers: { 'accept-encoding': accepted } });
    const [small, whole] = [await ask(encoding), await ask('identity')];
    expect(small.headers.get('content-encoding')).toBe(encoding);
    expect(small.headers.get('vary')).toContain('Accept-Encoding');
    expect(small.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(small.headers.get('content-type')).toBe(whole.headers.get('content-type'));
    expect(whole.headers.get('content-encoding')).toBeNull();
    expect(Number(small.headers.get('content-length'))).toBeLessThan(
      Number(whole.headers.get('content-length')) / 2,
    );
    expect(await small.text()).toBe(await whole.text());
  });
});

describe.each(pages)('%s', (path) => {
  it('loads only listed files, and tells the browser their hashes before it does', async () => {
    const { text } = await createVisitor(world.url).get(path);
    const [, map = '{}'] = /<script type="importmap"[^>]*>(.*?)<\/script>/.exec(text) ?? [];
    const { integrity } = JSON.parse(map);
    const scripts = [...text.matchAll(/"(\/assets\/[^"]+\.js)"/g)].map(([, address = '']) => address);
    expect(scripts.length).toBeGreaterThan(3);
    for (const script of scripts) expect(integrity[script], script).toBe(files[script]);
    expect(text.indexOf('importmap')).toBeLessThan(text.search(/modulepreload|type="module"/));
    const links = [...text.matchAll(/<link rel="(?:stylesheet|modulepreload)"[^>]*>/g)].map(([tag]) => tag);
    expect(links.length).toBeGreaterThan(3);
    for (const tag of links) {
      const [, href = ''] = /href="([^"]+)"/.exec(tag) ?? [];
      expect(tag).toContain(`integrity="${files[href]}"`);
    }
  });
});

describe('npm run verify-build', () => {
  it('finds the build it was built from', async () => {
    const { code, said } = await verify(world.url);
    expect(said).toMatch(new RegExp(`Identical: ${Object.keys(files).length} files`));
    expect(code).toBe(0);
  });

  it('finds a script that is sent otherwise than it is listed, and one a page loads beside', async () => {
    const [script = ''] = Object.keys(files).filter((path) => /^\/assets\/log-in.*\.js$/.test(path));
    const between = await standBetween((path, text) => {
      if (path === script) return `${text}\n//`;
      if (path === '/join') return text.replace('</body>', '<script src="/other.js"></script></body>');
      return text;
    });
    try {
      const { code, said } = await verify(between.url);
      expect(said).toContain(`sent differently:  ${script}`);
      expect(said).toContain('loaded by a page, but not in your build: /other.js');
      expect(code).toBe(1);
      countRepelled(2);
    } finally {
      between.close();
    }
  });

  it('finds a list that was fitted to a changed script', async () => {
    const between = await standBetween((path, text) =>
      path === '/integrity.json'
        ? text.replace(files['/entry.worker.js'] ?? '', sha384(new Uint8Array()))
        : text,
    );
    try {
      const { code, said } = await verify(between.url);
      expect(said).toContain('different content: /entry.worker.js');
      expect(code).toBe(1);
      countRepelled();
    } finally {
      between.close();
    }
  });

  it('says when it cannot compare', async () => {
    expect((await verify('http://127.0.0.1:9')).code).toBe(2);
    expect((await verify()).code).toBe(2);
  });
});

function verify(...words: string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/verify-build.ts', ...words], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    );
  });
}

/** Passes on what the server answers, changed. */
async function standBetween(change: (path: string, text: string) => string) {
  const server = createServer(async (asked, answer) => {
    const path = asked.url ?? '/';
    const response = await fetch(world.url + path, { redirect: 'manual' });
    const body = Buffer.from(await response.arrayBuffer());
    const isText = /javascript|json|html/.test(response.headers.get('content-type') ?? '');
    answer.writeHead(response.status);
    answer.end(isText ? change(path, body.toString()) : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
