import { randomBytes } from '#core/bytes.ts';
import { MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import type { Database } from './client.ts';

/** As much as a letter, so that the last free kilobyte of a disk does not count as room. */
const PROBE_BYTES = 65_536;
const LEFT_BEHIND_MS = MINUTE;

export function createProbeStore({ orm: { probes } }: Database) {
  return {
    /** Writes something and deletes it again. @throws what the database says when nothing can be written. */
    async write(now: Date): Promise<void> {
      const id = newId();
      const expiresAt = new Date(now.getTime() + LEFT_BEHIND_MS);
      await probes.create({ _id: id, filler: randomBytes(PROBE_BYTES), expiresAt });
      await probes.where({ _id: id }).deleteAndCount();
    },
  };
}
