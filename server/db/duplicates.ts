const DUPLICATE_KEY = 11000;

/** The field whose unique index refused an insert, or null for another error. */
export function duplicateField(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || Reflect.get(error, 'code') !== DUPLICATE_KEY)
    return null;
  const pattern: unknown = Reflect.get(error, 'keyPattern');
  if (typeof pattern === 'object' && pattern !== null) return Object.keys(pattern)[0] ?? '';
  const message = String(Reflect.get(error, 'message'));
  return /index: (?:\S+\$)?([A-Za-z_]+?)_-?1?\b/.exec(message)?.[1] ?? '';
}

/** Inserts only if new: a second insert with the same id or unique key is no error. */
export async function insertOnce(insert: () => Promise<unknown>): Promise<'inserted' | 'exists'> {
  try {
    await insert();
    return 'inserted';
  } catch (error) {
    if (duplicateField(error) === null) throw error;
    return 'exists';
  }
}
