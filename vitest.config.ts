import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    x25519: 'webcrypto' | 'library';
  }
}

// Tests start hundreds of processes: what one of them has compiled the next does not compile again.
process.env.NODE_COMPILE_CACHE ??= resolve('node_modules/.cache/compiled');

/** A fresh checkout is built once before the first test, not while tests wait for it. */
const buildPages = 'tests/support/build-pages.ts';

const kinds = {
  unit: {
    include: [
      '{app,cli,client,core,imaging,scripts,server,worker}/**/*.test.{ts,tsx}',
      'tests/unit/**/*.test.ts',
    ],
    testTimeout: 60_000,
  },
  // Keys, letters and published vectors once more, as in a browser whose WebCrypto has no X25519.
  'unit-without-x25519': {
    include: ['core/crypto/{golden-*,letter-*,stamp-seal,vectors-*,wrapped-*,x25519}.test.ts'],
    setupFiles: ['tests/support/without-x25519.ts'],
    provide: { x25519: 'library' as const },
    testTimeout: 60_000,
  },
  contracts: {
    include: ['tests/contracts/**/*.test.ts', 'packages/*/tests/**/*.test.ts'],
    globalSetup: buildPages,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
  journeys: {
    include: ['tests/journeys/**/*.test.ts'],
    globalSetup: buildPages,
    testTimeout: 180_000,
    hookTimeout: 240_000,
  },
  security: {
    include: ['tests/security/**/*.test.ts'],
    exclude: ['tests/security/siege.test.ts'],
    globalSetup: buildPages,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
  // After the other attacks and by itself: it says how long others wait, and they would wait for those too.
  siege: {
    include: ['tests/security/siege.test.ts'],
    globalSetup: buildPages,
    sequence: { groupOrder: 1 },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
  e2e: {
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: [buildPages, 'tests/support/unpack-browser.ts', 'tests/support/demo-data.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
};

/** Files that take longest begin first, so that nothing has to wait for them in the end; others are sorted by size. */
const longest =
  /\/contracts\/faults\/|\/e2e\/(letter-between|wrong-turns|proof|sealed-keys|pages|sealed-joining)/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => longest.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

// A machine of a build farm stalls for seconds now and then: what fails there is tried once more, and vitest says so.
const retry = process.env.CI ? 1 : 0;

export default defineConfig({
  test: {
    // Two files at a time on two cores: many tests wait for a clock, a server or a disk.
    maxWorkers: Math.max(2, availableParallelism()),
    sequence: { sequencer: LongestFirst },
    projects: Object.entries(kinds).map(([name, options]) => ({
      // The modules of the app are loaded once for all files of a process, not once for each file.
      test: {
        ...{ name, environment: 'node', pool: 'forks', isolate: false, retry },
        ...{ provide: { x25519: 'webcrypto' as const } },
        // A second, as it would be, is less than a busy machine takes for one page.
        ...{ expect: { poll: { timeout: 15_000 } } },
        ...options,
      },
    })),
  },
});
