import { ObjectId } from 'bson';
import { typeMismatch, unsupported } from './errors.ts';
import { binaryParts, type Doc, encodeDoc, isPlainName, kindOf, type ValueKind } from './values.ts';

export type Direction = 1 | -1;
export type KeySpec = readonly (readonly [field: string, direction: Direction])[];

/**
 * First byte of an encoded value, in MongoDB's type order. Neither a code nor its complement is
 * 0xff, so that `key + 0xff` sorts after everything that starts with `key`.
 */
const TYPE_CODE: Record<Exclude<ValueKind, 'outOfLine'>, number> = {
  null: 0x10,
  number: 0x20,
  string: 0x30,
  object: 0x38,
  array: 0x40,
  binary: 0x50,
  objectId: 0x60,
  boolean: 0x70,
  date: 0x80,
};

export function typeCode(kind: ValueKind): number {
  if (kind === 'outOfLine') throw unsupported('a large Binary in a sort, an index or a range');
  return TYPE_CODE[kind];
}

/**
 * Encodes one value so that comparing bytes orders values as MongoDB does (numbers by value, text
 * by its UTF-8 bytes, Binary by length, then subtype, then bytes). Every code is prefix-free, so
 * codes can be joined into compound keys. Objects and arrays are encoded for equality only.
 */
export function encodeValue(value: unknown): Buffer {
  const kind = kindOf(value);
  const code = typeCode(kind);
  switch (kind) {
    case 'null':
      return Buffer.of(code);
    case 'number':
      return encodeNumber(code, value as number);
    case 'string':
      return encodeText(code, value as string);
    case 'boolean':
      return Buffer.of(code, value ? 1 : 0);
    case 'date':
      return encodeDate(code, value as Date);
    case 'objectId':
      return Buffer.concat([Buffer.of(code), (value as { id: Uint8Array }).id]);
    case 'binary':
      return encodeBinary(code, value);
    default:
      return Buffer.concat([Buffer.of(code), encodeDoc({ value })]);
  }
}

/** Decodes a key to an ObjectId; null for other types. */
export function decodeObjectId(key: Uint8Array): ObjectId | null {
  return key[0] === TYPE_CODE.objectId ? new ObjectId(key.subarray(1)) : null;
}

function encodeNumber(code: number, value: number): Buffer {
  const out = Buffer.alloc(9);
  out[0] = code;
  // NaN sorts before every number: eight zero bytes.
  if (Number.isNaN(value)) return out;
  out.writeDoubleBE(value === 0 ? 0 : value, 1);
  // IEEE 754 sorts as an unsigned integer once negatives are complemented and the sign is flipped.
  if (value < 0) for (let i = 1; i < 9; i++) out[i] = ~(out[i] as number);
  else out[1] = (out[1] as number) ^ 0x80;
  return out;
}

function encodeText(code: number, text: string): Buffer {
  const utf8 = Buffer.from(text, 'utf8');
  const head = Buffer.of(code);
  const end = Buffer.of(0, 0);
  if (!utf8.includes(0)) return Buffer.concat([head, utf8, end]);
  const escaped: number[] = [];
  for (const byte of utf8) byte === 0 ? escaped.push(0, 0xff) : escaped.push(byte);
  return Buffer.concat([head, Buffer.from(escaped), end]);
}

function encodeDate(code: number, date: Date): Buffer {
  const out = Buffer.alloc(9);
  out[0] = code;
  out.writeBigInt64BE(BigInt(date.getTime()), 1);
  out[1] = (out[1] as number) ^ 0x80;
  return out;
}

function encodeBinary(code: number, value: unknown): Buffer {
  const { bytes, subtype } = binaryParts(value);
  const head = Buffer.alloc(6);
  head[0] = code;
  head.writeUInt32BE(bytes.length, 1);
  head[5] = subtype;
  return Buffer.concat([head, bytes]);
}

/** The complement of a key sorts in the opposite order. */
export function invert(key: Buffer): Buffer {
  const out = Buffer.allocUnsafe(key.length);
  for (let i = 0; i < key.length; i++) out[i] = ~(key[i] as number);
  return out;
}

/**
 * Encodes a document's key for an index or a sort.
 * @throws a type mismatch for an array or an object, whose order would need MongoDB's multikey
 *   rules
 */
export function encodeKey(doc: Doc, spec: KeySpec): Buffer {
  return Buffer.concat(
    spec.map(([field, direction]) => {
      const value = doc[field];
      const kind = kindOf(value);
      if (kind === 'array' || kind === 'object')
        throw typeMismatch(`cannot order by ${field}: it holds an ${kind}`);
      const key = encodeValue(value);
      return direction === 1 ? key : invert(key);
    }),
  );
}

/** Parses `{ field: 1 | -1 }` of an index or a sort. */
export function parseKeySpec(spec: Record<string, unknown>, where: string): KeySpec {
  return Object.entries(spec).map(([field, direction]) => {
    if (direction !== 1 && direction !== -1) throw unsupported(`${where} { ${field}: ${String(direction)} }`);
    assertPlainField(field, where);
    return [field, direction] as const;
  });
}

/** Documents are flat: a path into an embedded document would need MongoDB's array rules. */
export function assertPlainField(field: string, where: string): void {
  if (!isPlainName(field)) throw unsupported(`the path "${field}" in ${where}`);
}
