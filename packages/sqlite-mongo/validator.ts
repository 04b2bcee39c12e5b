import { unsupported } from './errors.ts';
import { encodeValue } from './keys.ts';
import { type Doc, kindOf, type ValueKind } from './values.ts';

/** Explains what is wrong with a value (never the value itself); null if nothing is. */
export type Check = (value: unknown, path: string) => string | null;

/** BSON type names of `$jsonSchema`, and this store's types for them. */
const KINDS: Record<string, (value: unknown, kind: ValueKind) => boolean> = {
  null: (_, kind) => kind === 'null',
  string: (_, kind) => kind === 'string',
  bool: (_, kind) => kind === 'boolean',
  date: (_, kind) => kind === 'date',
  objectId: (_, kind) => kind === 'objectId',
  binData: (_, kind) => kind === 'binary' || kind === 'outOfLine',
  object: (_, kind) => kind === 'object',
  array: (_, kind) => kind === 'array',
  int: (value, kind) => kind === 'number' && isInt32(value as number),
  double: (value, kind) => kind === 'number' && !isInt32(value as number),
  number: (_, kind) => kind === 'number',
};

/** The driver writes a whole number of 32 bits as an int, every other number as a double. */
function isInt32(value: number): boolean {
  return Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31 && !Object.is(value, -0);
}

/**
 * Compiles a `$jsonSchema`.
 *
 * @throws for every keyword outside `bsonType properties required additionalProperties items enum`
 */
export function compileSchema(schema: Doc): Check {
  const checks = Object.entries(schema).map(([keyword, value]) => compileKeyword(keyword, value, schema));
  return (value, path) => {
    for (const check of checks) {
      const problem = check(value, path);
      if (problem) return problem;
    }
    return null;
  };
}

function compileKeyword(keyword: string, value: unknown, schema: Doc): Check {
  switch (keyword) {
    case 'bsonType':
      return bsonType(Array.isArray(value) ? value : [value]);
    case 'required':
      return required(value as string[]);
    case 'properties':
      return properties(value as Record<string, Doc>);
    case 'additionalProperties':
      if (value !== false) throw unsupported('additionalProperties other than false in a validator');
      return noOthers(new Set(Object.keys((schema.properties as object) ?? {})));
    case 'items':
      return items(compileSchema(value as Doc));
    case 'enum':
      return oneOf(value as unknown[]);
    default:
      throw unsupported(`the keyword ${keyword} in a validator`);
  }
}

function bsonType(names: string[]): Check {
  const tests = names.map((name) => {
    const test = KINDS[name];
    if (!test) throw unsupported(`the type ${name} in a validator`);
    return test;
  });
  return (value, path) => {
    const kind = kindOf(value);
    return tests.some((test) => test(value, kind)) ? null : `${path} is not of type ${names.join(' or ')}`;
  };
}

function required(names: string[]): Check {
  return (value, path) => {
    const missing = names.find((name) => !Object.hasOwn(value as Doc, name));
    return missing === undefined ? null : `${path}.${missing} is missing`;
  };
}

function properties(schemas: Record<string, Doc>): Check {
  const checks = Object.entries(schemas).map(([name, schema]) => [name, compileSchema(schema)] as const);
  return (value, path) => {
    for (const [name, check] of checks) {
      if (!Object.hasOwn(value as Doc, name)) continue;
      const problem = check((value as Doc)[name], `${path}.${name}`);
      if (problem) return problem;
    }
    return null;
  };
}

function noOthers(known: ReadonlySet<string>): Check {
  return (value, path) => {
    const other = Object.keys(value as Doc).find((name) => !known.has(name));
    return other === undefined ? null : `${path}.${other} is not a field of the schema`;
  };
}

function items(check: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return null;
    for (const [i, item] of value.entries()) {
      const problem = check(item, `${path}[${i}]`);
      if (problem) return problem;
    }
    return null;
  };
}

function oneOf(allowed: unknown[]): Check {
  const keys = new Set(allowed.map((item) => encodeValue(item).toString('latin1')));
  return (value, path) =>
    keys.has(encodeValue(value).toString('latin1')) ? null : `${path} is not one of the allowed values`;
}
