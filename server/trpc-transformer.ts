import * as devalue from 'devalue';
import { AppError } from './errors.ts';

function refuse(): never {
  throw new TypeError('no input of ours is made of this');
}

/**
 * The value kinds that inputs may not contain. Inputs consist of plain objects, lists, text,
 * numbers, dates and bytes. Other devalue kinds take a few bytes to send and all memory to hold (a
 * list of four thousand million holes), or minutes to build (a number of ten million digits).
 */
const otherKinds = [
  ...['BigInt', 'Map', 'Object', 'RegExp', 'Set', 'URL', 'URLSearchParams', 'null', 'DataView'],
  ...['Int8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array'],
  ...['Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'],
  ...[
    'Duration',
    'Instant',
    'PlainDate',
    'PlainTime',
    'PlainDateTime',
    'PlainMonthDay',
    'PlainYearMonth',
  ].map((kind) => `Temporal.${kind}`),
  'Temporal.ZonedDateTime',
];
const revivers = Object.fromEntries(otherKinds.map((kind) => [kind, refuse]));
const operations = { createSparseArray: refuse };

/**
 * Serialises values between the typed client and the procedures with devalue, which preserves dates
 * and bytes.
 */
export const transformer = {
  serialize: (value: unknown): string => devalue.stringify(value),

  /** @throws {AppError} `invalid-input` for anything that the typed client cannot have written. */
  deserialize(text: unknown): unknown {
    try {
      return devalue.parse(text as string, revivers, { operations });
    } catch {
      throw new AppError('invalid-input', 'We can’t read this request.');
    }
  },
};
