import type { DatabaseSync, StatementSync } from 'node:sqlite';

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

  /** Call it after the tables have changed. */
  clear(): void {
    this.#prepared.clear();
  }
}
