import contract from '../../prisma/contract.json' with { type: 'json' };

interface IndexKey {
  field: string;
  direction: number;
}

interface DeclaredCollection {
  indexes?: {
    kind: string;
    keys: IndexKey[];
    unique?: boolean;
    sparse?: boolean;
    expireAfterSeconds?: number;
  }[];
  validator?: { jsonSchema: object };
}

/** The part of the driver's `Db` that is needed, which the embedded store offers too. */
interface CollectionsDb {
  createCollection(name: string, options: { validator?: Record<string, unknown> }): Promise<unknown>;
  command(command: Record<string, unknown>): Promise<unknown>;
  collection(name: string): {
    createIndex(
      keys: Record<string, 1 | -1>,
      options: { unique?: boolean; sparse?: boolean; expireAfterSeconds?: number },
    ): Promise<unknown>;
  };
}

const NAMESPACE_EXISTS = 48;
const COMMAND_NOT_FOUND = 59;

/**
 * Brings a database to the state of the contract: collections, validators, indexes. Only adds, so
 * it can run at every start and in several processes at once. On a server without validators, only
 * the stores' own types check documents.
 */
export async function createCollections(db: CollectionsDb): Promise<void> {
  const declared: Record<string, DeclaredCollection> =
    contract.storage.namespaces.__unbound__.entries.collection;
  for (const [name, { indexes = [], validator }] of Object.entries(declared)) {
    await createCollection(db, name, validator ? { $jsonSchema: validator.jsonSchema } : {});
    for (const { keys, kind: _kind, ...settings } of indexes) {
      const spec = Object.fromEntries(keys.map(({ field, direction }) => [field, direction as 1 | -1]));
      await db.collection(name).createIndex(spec, settings);
    }
  }
}

async function createCollection(
  db: CollectionsDb,
  name: string,
  validator: Record<string, unknown>,
): Promise<void> {
  try {
    await db.createCollection(name, { validator });
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === COMMAND_NOT_FOUND) return;
    if (code !== NAMESPACE_EXISTS) throw error;
    await db.command({ collMod: name, validator });
  }
}
