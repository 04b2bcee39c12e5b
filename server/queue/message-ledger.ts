/** Remembers which messages were dealt with, so that a replayed one is acknowledged without effect. */
export interface MessageLedger {
  /** `new`: go on, and say how it ended. `active`: it is being handled right now. `done`: it was handled. */
  begin(messageId: string): Promise<'new' | 'active' | 'done'>;
  end(messageId: string, outcome: 'done' | 'again'): Promise<void>;
}

/**
 * A ledger in this process's memory. It forgets the oldest first; handlers are idempotent in the database, so what it
 * has forgotten, or another process has seen, does no harm either.
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
