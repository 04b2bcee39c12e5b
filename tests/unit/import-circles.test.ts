import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const layers = ['app', 'cli', 'client', 'core', 'packages', 'server', 'worker'];
const files = layers.flatMap((layer) =>
  readdirSync(layer, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.tsx?$/.test(name))
    .map((name) => `${layer}/${name}`),
);
const aliases: Record<string, string> = { '#sqlite-mongo': 'packages/sqlite-mongo/index.ts' };

/** What each file imports of ours, types included. */
const imports = new Map(
  files.map((file) => {
    const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'));
    const targets = importedFiles
      .map(({ fileName }) => fileName.replace(/\?.*$/, ''))
      .map((name) => aliases[name] ?? (name.startsWith('#') ? name.slice(1) : join(dirname(file), name)));
    return [file, targets.filter((target) => files.includes(target))];
  }),
);

/** A feature, or a folder right below a layer; null for the files of a layer itself, which compose its folders. */
function folderOf(file: string): string | null {
  const depth = file.startsWith('app/features/') ? 3 : 2;
  const parts = file.split('/');
  return parts.length > depth ? parts.slice(0, depth).join('/') : null;
}

/** The first circle of a graph, as its names in order; empty when there is none. */
function findCircle(graph: Map<string, string[]>): string[] {
  const done = new Set<string>();
  const visit = (name: string, path: string[]): string[] => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return [];
    for (const next of graph.get(name) ?? []) {
      const circle = visit(next, [...path, name]);
      if (circle.length > 0) return circle;
    }
    done.add(name);
    return [];
  };
  return [...graph.keys()].map((name) => visit(name, [])).find((circle) => circle.length > 0) ?? [];
}

test('no file imports itself by way of others', () => {
  expect(imports.size).toBeGreaterThan(500);
  expect(findCircle(imports)).toEqual([]);
});

test('no folder imports itself by way of others', () => {
  const folders = new Map<string, string[]>();
  for (const [file, targets] of imports) {
    const from = folderOf(file);
    if (!from) continue;
    const others = targets.map(folderOf).filter((to) => to !== null && to !== from) as string[];
    folders.set(from, [...(folders.get(from) ?? []), ...others]);
  }
  expect(folders.size).toBeGreaterThan(40);
  expect(findCircle(folders)).toEqual([]);
});

/** From the one that knows most to the one that knows least: each imports only those after it. */
const layersOfApp = ['features', 'modes', 'browser', 'http', 'ui'];

test('the folders of the pages import downwards only', () => {
  const rank = (folder: string) => layersOfApp.indexOf(folder.split('/')[1] ?? '');
  const wrong = [...imports].flatMap(([file, targets]) =>
    targets
      .filter((target) => {
        const [from, to] = [folderOf(file), folderOf(target)];
        if (!from?.startsWith('app/') || !to?.startsWith('app/') || from === to) return false;
        return rank(to) <= rank(from);
      })
      .map((target) => `${file} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});
