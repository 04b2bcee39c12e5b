import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refuseX25519 } from '#tests/support/refuse-x25519.ts';

const root = new URL('../../', import.meta.url).pathname;
const entry = join(root, 'core/crypto/index.ts');
let folder: string;
let chunks: Rollup.OutputChunk[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bff-core-'));
  const built = (await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry, formats: ['es'], fileName: 'crypto' },
      rollupOptions: { external: (id) => id.startsWith('node:') },
    },
  })) as Rollup.RollupOutput[];
  chunks = built.flatMap(({ output }) => output).filter((part) => part.type === 'chunk');
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('core', () => {
  it('imports nothing of Node, of the server or of the app', async () => {
    const files = (await readdir(join(root, 'core'), { recursive: true })).filter((file) =>
      /(?<!\.test)\.tsx?$/.test(file),
    );
    expect(files.length).toBeGreaterThan(20);
    const builtins = new Set(builtinModules);
    const forbidden: string[] = [];
    for (const file of files) {
      const text = await readFile(join(root, 'core', file), 'utf8');
      for (const [, source = ''] of text.matchAll(/(?:from|import|import\()\s*['"]([^'"]+)['"]/g)) {
        if (/^(?:node:|#(?:server|worker|app|tests)\/)/.test(source) || builtins.has(source)) {
          forbidden.push(`${file}: ${source}`);
        }
      }
      if (/\b(?:Buffer|process|require|__dirname)\b\s*[.([]/.test(text))
        forbidden.push(`${file}: a global of Node`);
    }
    expect(forbidden).toEqual([]);
  });
});

describe('core/crypto built for the browser', () => {
  /** What is loaded at once; the rest comes when it is asked for. */
  const atOnce = () => {
    const [entry] = chunks;
    return chunks.filter((chunk) => chunk === entry || entry?.imports.includes(chunk.fileName));
  };

  it('is small and imports nothing of others, without the Argon2 module and without X25519 for old browsers', () => {
    const first = atOnce();
    expect(first.flatMap(({ imports }) => imports).length).toBe(first.length - 1);
    const modulesOf = (some: Rollup.OutputChunk[]) => some.flatMap((chunk) => Object.keys(chunk.modules));
    expect(modulesOf(first).filter((id) => /hash-wasm|node:|dhkem-x25519|montgomery/.test(id))).toEqual([]);
    // The HPKE library asks Node for its crypto where there is no global one; for a browser that is an empty module.
    const later = modulesOf(chunks.filter((chunk) => !first.includes(chunk)));
    expect(later.filter((id) => !/__vite-browser-external|@hpke\/(dhkem-x25519|common)\//.test(id))).toEqual(
      [],
    );
    expect(later.some((id) => id.includes('@hpke/dhkem-x25519/'))).toBe(true);
    const compressed = first.reduce((sum, { code }) => sum + gzipSync(code).length, 0);
    console.info(`core/crypto, whole, compressed: ${(compressed / 1000).toFixed(1)} KB`);
    expect(compressed).toBeLessThan(60_000);
  });

  it('seals and opens where there is no Buffer, no process and no require', async () => {
    for (const { fileName, code } of chunks) await writeFile(join(folder, fileName), code);
    const script = `
      const print = console.log;
      for (const name of ['Buffer', 'process', 'require', 'setImmediate', 'global']) delete globalThis[name];
      const c = await import('./${chunks[0]?.fileName}');
      const person = async (userId) => {
        return c.createIdentity(c.newMasterKey(), { userId, epoch: 1 });
      };
      const [alpha, beta] = [await person('a'), await person('b')];
      const envelope = { suite: 1, letterId: 'l', authorId: 'a', receiverId: 'b', authorEpoch: 1, receiverEpoch: 1, createdAt: 1 };
      const letter = await c.sealLetter({ envelope, content: { title: 'T', body: 'Hello 🐈', photos: [] }, photos: [],
        key: c.newLetterKey(), author: alpha.identity, receiverPublicKey: beta.publicKey });
      const opened = await c.openLetter({ letter, reader: 'receiver', identity: beta.identity, authorPublicKey: alpha.publicKey });
      await c.deriveRecoveryKeys(c.newRecoveryPhrase());
      print(opened.content.body, typeof Buffer);`;
    for (const before of ['', refuseX25519]) {
      await writeFile(join(folder, 'run.mjs'), before + script);
      const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'run.mjs')]);
      expect(stdout.trim()).toBe('Hello 🐈 undefined');
    }
  });
});
