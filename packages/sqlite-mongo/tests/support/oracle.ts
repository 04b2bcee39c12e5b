import { Binary, ObjectId, serialize } from 'bson';
import type { Doc } from '../../values.ts';

/*
 * What MongoDB's documentation says of comparing, filtering and sorting, written down plainly and
 * without a line of the store: it decides who is right in the fuzz test.
 */

type BsonType = 'null' | 'number' | 'string' | 'object' | 'array' | 'binary' | 'id' | 'boolean' | 'date';
const typeOrder: BsonType[] = [
  'null',
  'number',
  'string',
  'object',
  'array',
  'binary',
  'id',
  'boolean',
  'date',
];

/** In MongoDB's words, for the types that are used here. */
export function typeOf(value: unknown): BsonType {
  if (value === null || value === undefined) return 'null';
  if (value instanceof Date) return 'date';
  if (value instanceof Binary) return 'binary';
  if (value instanceof ObjectId) return 'id';
  if (Array.isArray(value)) return 'array';
  return typeof value as BsonType;
}

function compare(a: unknown, b: unknown): number {
  const [x, y] = [typeOf(a), typeOf(b)];
  if (x !== y) return typeOrder.indexOf(x) - typeOrder.indexOf(y);
  switch (x) {
    case 'null':
      return 0;
    case 'number':
      if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
      return (a as number) < (b as number) ? -1 : Number((a as number) > (b as number));
    case 'string':
      return Buffer.from(a as string).compare(Buffer.from(b as string));
    case 'binary':
      return compareBinary(a as Binary, b as Binary);
    case 'id':
      return (a as ObjectId).toHexString() < (b as ObjectId).toHexString()
        ? -1
        : Number(!(a as ObjectId).equals(b as ObjectId));
    case 'boolean':
    case 'date':
      return Number(a) - Number(b);
    default:
      return Buffer.from(serialize({ v: a })).equals(serialize({ v: b })) ? 0 : 1;
  }
}

function compareBinary(a: Binary, b: Binary): number {
  if (a.length() !== b.length()) return a.length() - b.length();
  if (a.sub_type !== b.sub_type) return a.sub_type - b.sub_type;
  return Buffer.from(a.value()).compare(b.value());
}

function holds(value: unknown, op: string, operand: unknown): boolean {
  if (op === '$eq') return compare(value, operand) === 0;
  // Ranges stay within one type, and NaN is in none.
  if (typeOf(value) !== typeOf(operand) || Number.isNaN(value)) return false;
  const order = compare(value, operand);
  return op === '$gt' ? order > 0 : op === '$gte' ? order >= 0 : op === '$lt' ? order < 0 : order <= 0;
}

function matchesField(doc: Doc, field: string, op: string, operand: unknown): boolean {
  const value = doc[field];
  const any = (test: (v: unknown) => boolean) => test(value) || (Array.isArray(value) && value.some(test));
  switch (op) {
    case '$exists':
      return field in doc === operand;
    case '$ne':
      return !matchesField(doc, field, '$eq', operand);
    case '$in':
      return (operand as unknown[]).some((item) => matchesField(doc, field, '$eq', item));
    case '$nin':
      return !matchesField(doc, field, '$in', operand);
    case '$not':
      return !Object.entries(operand as Doc).every(([inner, value]) =>
        matchesField(doc, field, inner, value),
      );
    default:
      return any((v) => holds(v, op, operand));
  }
}

export function matches(doc: Doc, filter: Doc): boolean {
  return Object.entries(filter).every(([key, value]) => {
    if (key === '$and') return (value as Doc[]).every((part) => matches(doc, part));
    if (key === '$or') return (value as Doc[]).some((part) => matches(doc, part));
    if (key === '$nor') return !(value as Doc[]).some((part) => matches(doc, part));
    const isOperators =
      typeOf(value) === 'object' && Object.keys(value as Doc).some((op) => op.startsWith('$'));
    if (!isOperators) return matchesField(doc, key, '$eq', value);
    return Object.entries(value as Doc).every(([op, operand]) => matchesField(doc, key, op, operand));
  });
}

export function compareBy(sort: Record<string, 1 | -1>): (a: Doc, b: Doc) => number {
  return (a, b) => {
    for (const [field, direction] of Object.entries(sort)) {
      const order = compare(a[field], b[field]);
      if (order !== 0) return Math.sign(order) * direction;
    }
    return 0;
  };
}
