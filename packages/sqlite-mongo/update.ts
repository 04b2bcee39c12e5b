import { conflictingUpdate, immutableId, typeMismatch, unsupported } from './errors.ts';
import { assertPlainField } from './keys.ts';
import { type Doc, kindOf } from './values.ts';

export interface Update {
  /** Returns a changed copy. `inserting` also applies `$setOnInsert`. */
  apply(doc: Doc, inserting?: boolean): Doc;
  readonly reads: ReadonlySet<string>;
}

type Step = (doc: Doc, inserting: boolean) => void;

/**
 * Parses an update with `$set $unset $inc $setOnInsert` on top-level fields.
 * @throws for whole-document replacement, pipelines and every other operator
 */
export function parseUpdate(update: unknown): Update {
  if (kindOf(update) !== 'object') throw unsupported('an update that is not a document');
  const reads = new Set<string>();
  const written = new Set<string>();
  const steps = Object.entries(update as Doc).flatMap(([op, fields]) => {
    if (kindOf(fields) !== 'object') throw unsupported(`the update operator ${op}`);
    return Object.entries(fields as Doc).map(([field, value]) => {
      assertPlainField(field, 'an update');
      if (written.has(field)) throw conflictingUpdate(field);
      written.add(field);
      return compileStep(op, field, value, reads);
    });
  });
  return {
    reads,
    apply: (doc, inserting = false) => {
      const changed = { ...doc };
      for (const step of steps) step(changed, inserting);
      return changed;
    },
  };
}

function compileStep(op: string, field: string, value: unknown, reads: Set<string>): Step {
  if (field === '_id' && op !== '$setOnInsert') throw immutableId();
  switch (op) {
    case '$set':
      return (doc) => {
        doc[field] = value;
      };
    case '$setOnInsert':
      return (doc, inserting) => {
        if (inserting) doc[field] = value;
      };
    case '$unset':
      return (doc) => {
        delete doc[field];
      };
    case '$inc':
      reads.add(field);
      return increment(field, value);
    default:
      throw unsupported(`the update operator ${op}`);
  }
}

function increment(field: string, by: unknown): Step {
  if (typeof by !== 'number') throw typeMismatch(`cannot increment ${field} by a value that is no number`);
  return (doc) => {
    const current = doc[field] ?? (Object.hasOwn(doc, field) ? null : 0);
    if (typeof current !== 'number') throw typeMismatch(`cannot increment ${field}: it is no number`);
    doc[field] = current + by;
  };
}
