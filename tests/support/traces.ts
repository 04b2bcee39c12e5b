import contract from '../../prisma/contract.json' with { type: 'json' };
import type { Installation } from './installation.ts';

/** Where a text still stands in a database: `collection.field`, each once. */
export async function tracesOf(
  { container }: Pick<Installation, 'container'>,
  text: string,
): Promise<string[]> {
  const collections = Object.keys(contract.storage.namespaces.__unbound__.entries.collection);
  const orm = container.db.orm as unknown as Record<
    string,
    { all(): PromiseLike<Record<string, unknown>[]> }
  >;
  const found = new Set<string>();
  for (const name of collections) {
    const rows = await orm[name]?.all();
    if (!rows) throw new Error(`no collection ${name}`);
    for (const row of rows) {
      for (const [field, value] of Object.entries(row)) {
        if (textOf(value).includes(text)) found.add(`${name}.${field}`);
      }
    }
  }
  return [...found].sort();
}

function textOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
}
