import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';

/** From a file, what it must not import, and what the refusal must name instead. */
const refused: [from: string, what: string, hint: string][] = [
  ['core/bytes.ts', '#server/env.ts', 'move what is shared into core/'],
  ['core/crypto/aead.ts', '../../server/env.ts', 'move what is shared into core/'],
  ['core/crypto/aead.ts', '../../worker/main.ts', 'move what is shared into core/'],
  ['core/crypto/aead.ts', '../../client/browser.ts', 'move what is shared into core/'],
  ['core/crypto/aead.ts', 'node:fs/promises', 'use WebCrypto and the web platform'],
  ['core/photos/sniff-photo.ts', 'sharp', 'take the result as a parameter'],
  ['packages/sqlite-mongo/store.ts', '#server/env.ts', 'A package stands by itself'],
  ['core/bytes.ts', '#imaging/prepare-photo.ts', 'move what is shared into core/'],
  ['imaging/prepare-photo.ts', '#server/errors.ts', 'server and client share it'],
  ['imaging/prepare-photo.ts', '../client/bff-error.ts', 'server and client share it'],
  ['app/features/letters/lists/inbox.route.tsx', '#imaging/prepare-photo.ts', 'app/http/api.server.ts'],
  ['app/features/letters/lists/inbox.route.tsx', '#server/env.ts', 'app/http/api.server.ts'],
  ['app/features/letters/lists/inbox.route.tsx', '../../worker/main.ts', 'app/http/api.server.ts'],
  ['app/features/letters/lists/inbox.route.tsx', '@prisma/orm-mongo', "the load context's client()"],
  [
    'app/features/letters/lists/inbox.route.tsx',
    '#core/crypto/index.ts',
    'import app/browser/keys/crypto.ts',
  ],
  [
    'app/features/letters/lists/inbox.route.tsx',
    '../../core/crypto/aead.ts',
    'import app/browser/keys/crypto.ts',
  ],
  ['app/features/letters/lists/inbox.route.tsx', '@hpke/core', 'import app/browser/keys/crypto.ts'],
  ['app/http/appearance.server.ts', '../worker/main.ts', 'never the worker'],
  ['app/entry.server.tsx', '#worker/main.ts', 'never the worker'],
  ['app/http/appearance.server.ts', '#server/letters/letter.store.ts', "the load context's client()"],
  ['app/http/appearance.server.ts', '#server/mail/smtp.ts', 'import the port'],
  ['server/letters/send-letter.ts', '#app/root.tsx', 'server imports core only'],
  ['server/letters/send-letter.ts', '../../worker/main.ts', 'server imports core only'],
  ['server/letters/letter.store.ts', '../../app/root.tsx', 'server imports core only'],
  ['server/letters/send-letter.ts', '../queue/memory.ts', 'import the port'],
  ['server/letters/send-letter.ts', '#sqlite-mongo', 'import the port'],
  ['server/letters/send-letter.ts', 'bullmq', 'take the port from deps'],
  ['server/letters/send-letter.ts', '@prisma/orm-mongo', 'deps.stores'],
  ['server/letters/send-letter.ts', '../db/client.ts', 'deps.stores'],
  ['server/letters/letter.router.ts', '../friends/friend.router.ts', 'share a service'],
  ['worker/deliver-letter.ts', '../app/root.tsx', 'worker imports server and core'],
  ['worker/deliver-letter.ts', '#server/mail/smtp.ts', 'import the port'],
  ['worker/deliver-letter.ts', '#server/letters/letter.router.ts', 'share a service'],
  ['client/browser.ts', '../app/root.tsx', 'client imports core'],
  ['client/browser.ts', '#server/env.ts', 'AppRouter from #server/router.ts'],
  ['cli/main.ts', '#core/bytes.ts', 'cli imports client/'],
];

const allowed: [from: string, what: string][] = [
  ['imaging/prepare-photo.ts', '#core/photos/inspect-photo.ts'],
  ['server/photos/decoder-main.ts', '#imaging/prepare-photo.ts'],
  ['client/prepare-photo-node.ts', '#imaging/prepare-photo.ts'],
  ['core/crypto/aead.ts', '../bytes.ts'],
  ['app/features/letters/lists/inbox.route.tsx', '#app/http/session.server.ts'],
  ['app/features/letters/lists/inbox.route.tsx', '#app/browser/keys/crypto.ts'],
  ['app/http/api.server.ts', '#server/router.ts'],
  ['server/letters/send-letter.ts', '../queue/queue.ts'],
  ['server/letters/letter.store.ts', '../db/client.ts'],
  ['server/container.ts', './queue/memory.ts'],
  ['server/router.ts', './letters/letter.router.ts'],
  ['worker/deliver-letter.ts', '#server/letters/letter.store.ts'],
  ['client/create-api.ts', '#server/router.ts'],
];

/** The ways to write an import; a border that one of them gets past is none. */
const waysTo = (what: string) => `
import { a } from '${what}';
import type { A } from '${what}';
export { c } from '${what}';
export const load = (): Promise<A> => import('${what}');
export const b = a;
`;
const spellings = 4;

describe('who may import whom', () => {
  const root = mkdtempSync(join(tmpdir(), 'bff-borders-'));
  /** The lint's messages by file. */
  const messages = new Map<string, string[]>();
  afterAll(() => rmSync(root, { recursive: true }));

  beforeAll(() => {
    const { vcs: _, ...settings } = JSON.parse(readFileSync('biome.json', 'utf8'));
    writeFileSync(join(root, 'biome.json'), JSON.stringify(settings));
    for (const [from, what] of [...refused, ...allowed]) {
      const file = join(root, fileOf(from, what));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, waysTo(what));
    }
    const biome = resolve('node_modules/.bin/biome');
    const only = ['--only=style/noRestrictedImports', '--max-diagnostics=none', '--reporter=json'];
    const { stdout } = spawnSync(biome, ['lint', ...only, '.'], { cwd: root, encoding: 'utf8' });
    for (const { location, message } of JSON.parse(stdout).diagnostics) {
      messages.set(location.path, [...(messages.get(location.path) ?? []), message]);
    }
  });

  it.each(refused)('%s is refused %s and hears "%s"', (from, what, hint) => {
    expect(messages.get(fileOf(from, what))).toEqual(Array(spellings).fill(expect.stringContaining(hint)));
  });

  it.each(allowed)('%s may import %s', (from, what) => {
    expect(messages.get(fileOf(from, what))).toBeUndefined();
  });
});

test('app takes types of the server and nothing that runs: the build would hold a copy of its own', () => {
  const running = readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test)\.tsx?$/.test(name))
    .flatMap((name) =>
      [
        ...readFileSync(join('app', name), 'utf8').matchAll(
          /^(?:import|export)[^;]*'(?:#|[./]+\/)server\/[^;]*;/gm,
        ),
      ]
        .map(([statement]) => statement)
        .filter((statement) => !/^(?:import|export) type /.test(statement)),
    );
  expect(running).toEqual([]);
});

const knownByName = new Set(['server/container.ts', 'server/router.ts']);

/** A file of its own for each case, beside `from` and of its kind: borders go by folder and by the end of a name. */
function fileOf(from: string, what: string): string {
  if (knownByName.has(from)) return from;
  return from.replace(/[^/.]+(?=\.[^/]*$)/, what.replace(/[^a-z]+/g, '-'));
}
