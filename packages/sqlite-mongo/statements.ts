import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Prepared statements by their text, each prepared once. */
export class Statements {
  readonly #sql: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(sql: DatabaseSync) {
    this.#sql = sql;
  }

  prepare(text: string): StatementSync {
    let statement = this.#prepared.get(text);
    if (!statement) {
      statement = this.#sql.prepare(text);
      this.#prepared.set(text, statement);
    }
    return statement;
  }

  /** After the tables changed. */
  clear(): void {
    this.#prepared.clear();
  }
}
