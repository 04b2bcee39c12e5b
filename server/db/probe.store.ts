import { randomBytes } from '#core/bytes.ts';
import { MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import type { Database } from './client.ts';

/** The size of a letter, so that the last free kilobyte of a disk does not count as writable. */
const PROBE_BYTES = 65_536;
const LEFT_BEHIND_MS = MINUTE;

export function createProbeStore({ orm: { probes } }: Database) {
  return {
    /**
     * Writes a document and deletes it again.
     *
     * @throws the database's error when it cannot be written
     */
    async write(now: Date): Promise<void> {
      const id = newId();
      const expiresAt = new Date(now.getTime() + LEFT_BEHIND_MS);
      await probes.create({ _id: id, filler: randomBytes(PROBE_BYTES), expiresAt });
      await probes.where({ _id: id }).deleteAndCount();
    },
  };
}
