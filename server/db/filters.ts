import {
  MongoAndExpr,
  MongoFieldFilter,
  type MongoFilterExpr,
  MongoOrExpr,
} from '@prisma/orm-mongo/query-ast/execution';
import { MongoParamRef } from '@prisma/orm-mongo/value';
import type { Position } from './cursor.ts';

/** A hex id as a filter's operand; a plain string would be compared as text and match nothing. */
export function idOperand(id: string): MongoParamRef {
  return new MongoParamRef(id, { codecId: 'mongo/objectId@1' });
}

export const where = MongoFieldFilter;

export function and(...filters: MongoFilterExpr[]): MongoFilterExpr {
  return MongoAndExpr.of(filters);
}

export function or(...filters: MongoFilterExpr[]): MongoFilterExpr {
  return MongoOrExpr.of(filters);
}

/**
 * Matches everything after a position in a list ordered by `field` and `_id`, both descending. The
 * plain `lte` bounds the index scan; the rest only separates equal times.
 */
export function behind(field: string, { at, id }: Position): MongoFilterExpr {
  return and(where.lte(field, at), or(where.lt(field, at), where.lt('_id', idOperand(id))));
}

/** The same for a list in which both ascend. */
export function ahead(field: string, { at, id }: Position): MongoFilterExpr {
  return and(where.gte(field, at), or(where.gt(field, at), where.gt('_id', idOperand(id))));
}
