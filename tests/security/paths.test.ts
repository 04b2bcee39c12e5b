import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { ask, createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { enter } from '#tests/support/journey-visitors.ts';

let world: ServedInstallation;
let alpha: Visitor;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  alpha = createVisitor(world.url);
  await enter(world, alpha, 'alpha');
});
afterAll(() => world.close());

describe('paths', () => {
  it('lead to no file but the public ones', async () => {
    const secret = (await readFile(join(world.dataDir, 'app-secret'), 'utf8')).trim();
    const tricks = [
      '..',
      '%2e%2e',
      '..%2f..',
      '%252e%252e',
      '....//',
      '..\\..',
      '..%5c..',
      '.%00.',
      '%c0%ae%c0%ae',
    ];
    const targets = [
      'package.json',
      '.data/app-secret',
      `${world.dataDir.slice(1)}/app-secret`,
      'etc/passwd',
      'server/env.ts',
      '.git/config',
      '.env',
    ];
    for (const root of ['/', '/assets/', '/%2f']) {
      for (const target of targets) {
        for (const path of [
          `${root}${target}`,
          ...tricks.map((trick) => `${root}${trick}/${trick}/${trick}/${trick}/${target}`),
        ]) {
          const answer = await ask(world.url + path.replaceAll(' ', '%20'));
          expect(answer.status, path).not.toBe(200);
          expect(answer.status, path).toBeLessThan(500);
          for (const text of [secret, 'root:x:0', '"projectbff"', '[core]'])
            expect(answer.text).not.toContain(text);
          countRepelled();
        }
      }
    }
  });

  it('of odd shapes are answered, and the server goes on', async () => {
    // Remix says of some that they are none of its own.
    vi.spyOn(console, 'error').mockImplementation(() => {});
    for (const path of [
      '/%',
      '/%zz',
      '/%ff',
      '/%00',
      `/${'a/'.repeat(2_000)}`,
      `/${'x'.repeat(8_000)}`,
      '/letters/%00',
      '/letters/..%2f',
      '/LETTERS/../inbox',
      '/?'.padEnd(6_000, 'a=&'),
      '/inbox?_data=routes/inbox',
      '/inbox?_routes=routes/inbox',
      '/__manifest?p=/inbox',
    ]) {
      const answer = await ask(world.url + path);
      expect(answer.status, path.slice(0, 60)).toBeLessThan(500);
      expect(answer.text).not.toMatch(/node_modules|\bat \w+ \(/);
      countRepelled();
    }
    vi.restoreAllMocks();
    expect((await alpha.get('/inbox')).status).toBe(200);
  });

  it('to procedures in another spelling lead nowhere, and their bodies are not read', async () => {
    const body = 'x'.repeat(4_000_000);
    for (const path of ['/API/trpc', '/api/TRPC', '//api/trpc', '/%61PI/trpc', '/api%2Ftrpc', '/api//trpc']) {
      const headers = { 'content-type': 'application/json' };
      const refused = await ask(`${world.url}${path}/accounts.logIn`, { method: 'POST', headers, body });
      expect([404, 405], path).toContain(refused.status);
      countRepelled();
    }
    const bounded = await ask(`${world.url}/api/trpc/accounts.logIn`, { method: 'POST', body });
    expect(bounded.status).toBe(413);
  });

  it('with a token in them are not in the log', async () => {
    world.logLines.length = 0;
    const printed = (['log', 'warn', 'error'] as const).map((way) =>
      vi.spyOn(console, way).mockImplementation(() => {}),
    );
    const token = 'S'.repeat(43);
    for (const path of [
      `/verify/${token}`,
      `/VERIFY/${token}`,
      `//verify/${token}`,
      `/verify/${token}.data`,
      `/verify/${token}/`,
      `/verify/${token}%`,
      `/verify/${token}/x/y`,
      `/reset/${token}`,
      `/reset%2F${token}`,
      `/reset%2f${token}%`,
      `/friends/join/${token}`,
      `/Friends//Join/${token}.data`,
      '/friends//add/7KQ2M-X4R9T',
      '/friends/add/7KQ2M-X4R9T',
      '/Friends/Add/7KQ2M-X4R9T',
    ]) {
      await ask(world.url + path);
    }
    const log = [...world.logLines, ...printed.flatMap((spy) => spy.mock.calls.flat().map(String))].join('');
    vi.restoreAllMocks();
    expect(log).toContain('"event":"request"');
    expect(log).not.toContain(token);
    expect(log).not.toContain('7KQ2M');
  });
});
