import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/*
 * Lists our files on a letter's way from the form to the friend, in each mode: the transitive
 * imports of the entries below. Components, cryptography, schemas and the database are left out,
 * and so are types.
 */
const entries = {
  assisted: [
    'app/features/letters/write/submit-posted-form.server.ts',
    'server/drafts/save-draft.ts',
    'server/letters/send-letter.ts',
    'worker/deliver-letter.ts',
    'app/features/letters/read/letter-page.ts',
  ],
  sealed: [
    'app/features/letters/write/submit-sealed-form.ts',
    'server/drafts/save-draft.ts',
    'server/letters/send-letter.ts',
    'worker/deliver-letter.ts',
    'app/features/letters/read/letter-page.ts',
  ],
} as const;
export type WayMode = keyof typeof entries;

const aside = [
  /^core\/(crypto|schemas|stamps|photos\/structure)\//,
  /^server\/(db|http|memory|limits|crypto|storage|queue|photos)\//,
  /^server\/(deps|actor|errors|log|log-console|error-text|stores|container|env|env-values|context|router|trpc)\.ts$/,
  /\.(router|store|jobs)\.ts$/,
  /\.tsx$/,
  /^app\/(http|ui|browser)\//,
  /^core\/(bytes|id|with-secret|durations|escape-html|account-keys|refusal)\.ts$/,
];

const IMPORTS = /^(?:import|export)\s+(?!type\b)[^'"]*?from\s+'([^']+)';|import\('([^']+)'\)/gm;

/** Returns the files on a letter's way in this mode, relative to the repository. */
export function letterWay(mode: WayMode): string[] {
  const seen = new Set<string>();
  const waiting: string[] = [...entries[mode]];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file) || aside.some((pattern) => pattern.test(file as string))) continue;
    seen.add(file);
    for (const [, fixed, late] of readFileSync(file, 'utf8').matchAll(IMPORTS)) {
      const path = fileOf(fixed ?? late ?? '', file);
      if (path) waiting.push(path);
    }
  }
  return [...seen].sort();
}

function fileOf(specifier: string, from: string): string | null {
  if (!specifier.startsWith('#') && !specifier.startsWith('.')) return null;
  const path = specifier.startsWith('#') ? specifier.slice(1) : relative('.', join(dirname(from), specifier));
  return existsSync(path) ? path : null;
}

if (import.meta.main) {
  for (const mode of Object.keys(entries) as WayMode[]) {
    const files = letterWay(mode);
    console.log(`${mode}: ${files.length} files\n${files.map((file) => `  ${file}`).join('\n')}`);
  }
}
