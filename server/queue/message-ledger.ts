/** Remembers handled messages, so that a replayed one is acknowledged without effect. */
export interface MessageLedger {
  /**
   * `new`: handle it, then report the end. `active`: it is being handled right now. `done`: it was
   * handled.
   */
  begin(messageId: string): Promise<'new' | 'active' | 'done'>;
  end(messageId: string, outcome: 'done' | 'again'): Promise<void>;
}

/**
 * Creates a ledger in this process's memory, which forgets the oldest first. Forgotten messages, or
 * those of another process, do no harm, because handlers are idempotent in the database.
 *
 * @param keep how many ended messages are remembered
 */
export function createMemoryLedger(keep = 10_000): MessageLedger {
  const active = new Set<string>();
  const done = new Set<string>();
  return {
    async begin(messageId) {
      if (done.has(messageId)) return 'done';
      if (active.has(messageId)) return 'active';
      active.add(messageId);
      return 'new';
    },
    async end(messageId, outcome) {
      active.delete(messageId);
      if (outcome === 'again') return;
      done.add(messageId);
      const [oldest] = done;
      if (done.size > keep && oldest !== undefined) done.delete(oldest);
    },
  };
}
