import { unsupported } from './errors.ts';
import { assertPlainField, encodeValue } from './keys.ts';
import { type Doc, kindOf } from './values.ts';

type Comparison = '$eq' | '$ne' | '$gt' | '$gte' | '$lt' | '$lte' | '$in' | '$nin' | '$exists';

/** A condition that every match must meet; the planner looks for bounds among them. */
export interface Condition {
  readonly field: string;
  readonly op: Comparison;
  readonly value: unknown;
}

/** A parsed filter: its test, and information for the planner and the reader. */
export interface Filter {
  test(doc: Doc): boolean;
  /** The top-level conditions joined by "and", part of the whole filter. */
  readonly conditions: readonly Condition[];
  readonly fields: ReadonlySet<string>;
}

type Test = (doc: Doc) => boolean;

const COMPARISONS = new Set<string>(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$in', '$nin', '$exists']);

/**
 * Parses a MongoDB filter. Values are compared by their exact BSON content.
 * @throws for every operator outside `$eq $ne $gt $gte $lt $lte $in $nin $exists $and $or $nor
 *   $not`
 */
export function parseFilter(filter: unknown): Filter {
  const conditions: Condition[] = [];
  const fields = new Set<string>();
  const test = compile(filter, fields, conditions);
  return { test, conditions, fields };
}

function compile(filter: unknown, fields: Set<string>, conditions: Condition[] | null): Test {
  if (kindOf(filter) !== 'object') throw unsupported('a filter that is not a document');
  const tests = Object.entries(filter as Doc).map(([key, value]): Test => {
    if (key.startsWith('$')) return compileLogical(key, value, fields, conditions);
    assertPlainField(key, 'a filter');
    fields.add(key);
    return compileField(key, value, conditions);
  });
  return (doc) => tests.every((test) => test(doc));
}

function compileLogical(
  op: string,
  value: unknown,
  fields: Set<string>,
  conditions: Condition[] | null,
): Test {
  if (op !== '$and' && op !== '$or' && op !== '$nor') throw unsupported(`the filter operator ${op}`);
  if (!Array.isArray(value) || value.length === 0) throw unsupported(`${op} without a list of filters`);
  const tests = value.map((part) => compile(part, fields, op === '$and' ? conditions : null));
  if (op === '$and') return (doc) => tests.every((test) => test(doc));
  if (op === '$or') return (doc) => tests.some((test) => test(doc));
  return (doc) => !tests.some((test) => test(doc));
}

function compileField(field: string, value: unknown, conditions: Condition[] | null): Test {
  if (!isOperators(value)) return compileComparison({ field, op: '$eq', value }, conditions);
  const tests = Object.entries(value).map(([op, operand]): Test => {
    if (op === '$not') {
      if (!isOperators(operand)) throw unsupported('$not without operators');
      const inner = compileField(field, operand, null);
      return (doc) => !inner(doc);
    }
    if (!COMPARISONS.has(op)) throw unsupported(`the filter operator ${op}`);
    return compileComparison({ field, op: op as Comparison, value: operand }, conditions);
  });
  return (doc) => tests.every((test) => test(doc));
}

/** `{ $gt: … }` is operators, `{ a: 1 }` a value; a mixture is neither. */
function isOperators(value: unknown): value is Doc {
  if (kindOf(value) !== 'object') return false;
  const keys = Object.keys(value as object);
  const operators = keys.filter((key) => key.startsWith('$')).length;
  if (operators !== 0 && operators !== keys.length) throw unsupported('operators mixed with fields');
  return operators > 0;
}

function compileComparison(condition: Condition, conditions: Condition[] | null): Test {
  const { field, op, value } = condition;
  if (value === undefined) throw unsupported(`undefined as the operand of ${op}`);
  conditions?.push(condition);
  switch (op) {
    case '$eq':
      return equals(field, [value]);
    case '$in':
      return equals(field, listOperand(op, value));
    case '$ne':
      return negate(equals(field, [value]));
    case '$nin':
      return negate(equals(field, listOperand(op, value)));
    case '$exists':
      return (doc) => Object.hasOwn(doc, field) === Boolean(value);
    default:
      return ordered(field, op, value);
  }
}

function listOperand(op: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw unsupported(`${op} without a list`);
  return value;
}

function negate(test: Test): Test {
  return (doc) => !test(doc);
}

/** A field matches a value if it equals the value, or is a list that contains it. */
function equals(field: string, operands: unknown[]): Test {
  const wanted = new Set(operands.map(exactKey));
  return (doc) => {
    const value = doc[field];
    if (wanted.has(exactKey(value))) return true;
    return Array.isArray(value) && value.some((element) => wanted.has(exactKey(element)));
  };
}

function exactKey(value: unknown): string {
  return encodeValue(value).toString('latin1');
}

/** Ranges compare values of one type only, as MongoDB's type bracketing does. */
function ordered(field: string, op: '$gt' | '$gte' | '$lt' | '$lte', operand: unknown): Test {
  const kind = kindOf(operand);
  if (kind === 'array' || kind === 'object') throw unsupported(`${op} with an ${kind}`);
  const bound = encodeValue(operand);
  const holds = (value: unknown): boolean => {
    if (kindOf(value) !== kind) return false;
    const order = Buffer.compare(encodeValue(value), bound);
    if (op === '$gt') return order > 0;
    if (op === '$gte') return order >= 0;
    if (op === '$lt') return order < 0;
    return order <= 0;
  };
  const isNumber = kind === 'number';
  if (isNumber && Number.isNaN(operand)) throw unsupported(`${op} with NaN`);
  return (doc) => {
    const value = doc[field];
    if (Array.isArray(value)) return value.some((element) => !isNaNumber(element) && holds(element));
    return !isNaNumber(value) && holds(value);
  };
}

/** NaN is in no range, although it sorts before every number. */
function isNaNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isNaN(value);
}
