import { randomBytes } from 'node:crypto';
import { Binary, calculateObjectSize, deserialize, MinKey, ObjectId, serialize } from 'bson';
import { documentTooLarge, unsupported } from './errors.ts';

/** A document in the driver's form: BSON values, `_id` first. */
export type Doc = Record<string, unknown>;

/** MongoDB's limit: a document that fits here fits there. */
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/**
 * Replaces a Binary kept out of line. It can't be mistaken for data, because a MinKey is refused in
 * documents.
 */
export const OUT_OF_LINE = new MinKey();

export type ValueKind =
  | 'null'
  | 'number'
  | 'string'
  | 'object'
  | 'array'
  | 'binary'
  | 'objectId'
  | 'boolean'
  | 'date'
  | 'outOfLine';

const KIND_BY_TAG: Record<string, ValueKind> = {
  ObjectId: 'objectId',
  Binary: 'binary',
  MinKey: 'outOfLine',
};

/**
 * Returns the type of a BSON value. Reads the `_bsontype` tag, not the class: the driver and the
 * application may each have their own copy of bson.
 * @throws for every unsupported type (Long, Decimal128, RegExp, Timestamp, …)
 */
export function kindOf(value: unknown): ValueKind {
  if (value === null || value === undefined) return 'null';
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'object':
      return kindOfObject(value);
    default:
      throw unsupported(`values of type ${typeof value}`);
  }
}

function kindOfObject(value: object): ValueKind {
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw unsupported('an invalid date');
    return 'date';
  }
  if (value instanceof Uint8Array) return 'binary';
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return 'object';
  const tag: unknown = Reflect.get(value, '_bsontype');
  const kind = typeof tag === 'string' ? KIND_BY_TAG[tag] : undefined;
  if (!kind) throw unsupported(`values of type ${typeof tag === 'string' ? tag : value.constructor.name}`);
  return kind;
}

export function binaryParts(value: unknown): { bytes: Uint8Array; subtype: number } {
  if (value instanceof Uint8Array) return { bytes: value, subtype: 0 };
  const binary = value as Binary;
  return { bytes: binary.value(), subtype: binary.sub_type };
}

/** @throws if a document holds something this store can't return exactly */
export function assertStorable(doc: Doc): void {
  for (const [field, value] of Object.entries(doc)) {
    if (!isPlainName(field)) throw unsupported(`the field name "${field}"`);
    assertStorableValue(value, field);
  }
  refuseTooLarge(documentBytes(doc));
}

export function documentBytes(doc: Doc): number {
  return calculateObjectSize(doc);
}

export function refuseTooLarge(bytes: number): void {
  if (bytes > MAX_DOCUMENT_BYTES) throw documentTooLarge(MAX_DOCUMENT_BYTES);
}

/** Refuses field names that are paths, operators or JavaScript traps. */
export function isPlainName(name: string): boolean {
  return !name.startsWith('$') && !name.includes('.') && !name.includes('\0') && name !== '__proto__';
}

function assertStorableValue(value: unknown, path: string): void {
  if (value === undefined) throw unsupported(`undefined as the value of "${path}"`);
  const kind = kindOf(value);
  if (kind === 'outOfLine') throw unsupported('values of type MinKey');
  if (kind === 'array' || kind === 'object') {
    for (const [key, inner] of Object.entries(value as object)) {
      if (kind === 'object' && !isPlainName(key)) throw unsupported(`the field name "${path}.${key}"`);
      assertStorableValue(inner, `${path}.${key}`);
    }
  }
}

export function encodeDoc(doc: Doc): Uint8Array {
  return serialize(doc);
}

/** Keeps `Binary` and `ObjectId` values, like the mongodb driver. */
export function decodeDoc(bytes: Uint8Array): Doc {
  return deserialize(bytes, { promoteBuffers: false });
}

export function toBinary(bytes: Uint8Array, subtype: number): Binary {
  return new Binary(bytes, subtype);
}

/**
 * Makes an id of 12 random bytes. Unlike the driver's default, it doesn't reveal when or where it
 * was made.
 */
export function randomObjectId(): ObjectId {
  return new ObjectId(randomBytes(12));
}
