import { randomBytes } from 'node:crypto';
import { Binary, calculateObjectSize, deserialize, MinKey, ObjectId, serialize } from 'bson';
import { documentTooLarge, unsupported } from './errors.ts';

/** A document as the driver speaks it: values are BSON values, `_id` comes first. */
export type Doc = Record<string, unknown>;

/** MongoDB's own limit, so that what works here works there. */
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/**
 * Stands in a row for a Binary that is kept out of line. It cannot be mistaken for data, because a
 * MinKey is refused in documents.
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
 * The kind of a BSON value. Values are told apart by their `_bsontype` tag, not by class: the driver
 * and the application may each have their own copy of bson.
 *
 * @throws for every type that this store does not keep (Long, Decimal128, RegExp, Timestamp, …)
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

/** The bytes and subtype of a Binary or Uint8Array. */
export function binaryParts(value: unknown): { bytes: Uint8Array; subtype: number } {
  if (value instanceof Uint8Array) return { bytes: value, subtype: 0 };
  const binary = value as Binary;
  return { bytes: binary.value(), subtype: binary.sub_type };
}

/** Throws when a document holds something this store cannot give back exactly. */
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

/** Names that are paths, operators or a trap of JavaScript are no names of fields. */
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

/** Binaries stay `Binary`, ids stay `ObjectId`, as the mongodb driver gives them. */
export function decodeDoc(bytes: Uint8Array): Doc {
  return deserialize(bytes, { promoteBuffers: false });
}

export function toBinary(bytes: Uint8Array, subtype: number): Binary {
  return new Binary(bytes, subtype);
}

/** 12 random bytes: unlike the driver's default, an id tells neither when nor where it was made. */
export function randomObjectId(): ObjectId {
  return new ObjectId(randomBytes(12));
}
