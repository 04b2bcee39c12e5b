import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** The ways to ask whether a session is sealed or assisted. */
const question =
  /\bmode\b[^\n]*[!=]==?[^\n]*['"](?:sealed|assisted)['"]|['"](?:sealed|assisted)['"]\s*[!=]==?|\bisSealed\b|\bcontext\.access\(|[sS]ealedUsername\b/;

/** Where the answer is handed from the server to the browser. */
const handover = new Set(['root.tsx', 'root-data.ts']);

it('is asked in app/modes and nowhere else: is this session sealed or assisted?', () => {
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.test)\.tsx?$/.test(name),
  );
  const asking = files.filter((name) => question.test(readFileSync(join('app', name), 'utf8')));
  expect(asking).toContain(join('modes', 'sealed-username.ts'));
  const elsewhere = asking.filter((name) => !name.startsWith('modes') && !handover.has(name));
  expect(elsewhere).toEqual([]);
});

it.each([
  "if (me?.mode === 'sealed') return",
  "if (me.mode !== 'assisted') return",
  "const kept = 'sealed' === session.kind;",
  'if (await isSealed(api)) return',
  'const username = useSealedUsername();',
  'if (await context.access()) return',
])('is recognised in %s', (line) => {
  expect(line).toMatch(question);
});
