import type { FieldOperation } from '@prisma/orm-mongo/orm';
import type { Bytes } from '#core/bytes.ts';
import type { FieldOutputTypes } from '../../prisma/contract.d.ts';

type Models = FieldOutputTypes['__unbound__'];
type Value<T> = T extends Uint8Array ? Bytes : T extends readonly string[] ? string[] : T;

/**
 * A document as the application uses it: the fields of `prisma/schema.prisma`, with `id` for `_id`.
 * Ids are hex, sealed values are bytes, and an empty optional field is null.
 */
export type Entity<Model extends keyof Models> = {
  -readonly [Field in keyof Models[Model] as Field extends '_id' ? 'id' : Field]: Value<Models[Model][Field]>;
};

type OptionalFields<T> = { [K in keyof T]-?: null extends T[K] ? K : never }[keyof T];

export type NewEntity<T> = Omit<T, OptionalFields<T>> & Partial<Pick<T, OptionalFields<T>>>;

/**
 * Converts a row of the ORM to an entity.
 *
 * @param optional the fields that become null when they are absent
 */
export function toEntity<T extends { id: string }>(
  row: { _id: string },
  optional: readonly (keyof T)[] = [],
): T {
  const { _id: id, ...fields } = row;
  const entity = { id, ...fields } as unknown as T;
  for (const field of optional) entity[field] ??= null as T[keyof T];
  return entity;
}

type Row<T> = { _id: string } & { [K in keyof Omit<T, 'id'>]-?: Exclude<T[K], undefined> };

/**
 * Converts an entity to a row for the ORM. Omits empty optional fields: the ORM's types allow null,
 * but its codecs refuse it for bytes, and invent an id for it.
 */
export function toRow<T extends { id: string }>({ id, ...fields }: T): Row<T> {
  const filled = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return { _id: id, ...Object.fromEntries(filled) } as Row<T>;
}

type Setters = Record<string, { set(value: unknown): FieldOperation; unset(): FieldOperation }>;

/** Creates an ORM update that sets the given fields, and removes those that are null. */
export function changes(fields: object): (accessor: unknown) => FieldOperation[] {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return (accessor) =>
    given.flatMap(([name, value]) => {
      const field = (accessor as Setters)[name];
      if (!field) return [];
      return [value === null ? field.unset() : field.set(value)];
    });
}
