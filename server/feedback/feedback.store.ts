import type { Database } from '../db/client.ts';
import { type Entity, type NewEntity, toRow } from '../db/entity.ts';

export type Feedback = Entity<'Feedback'>;

export type FeedbackStore = ReturnType<typeof createFeedbackStore>;

export function createFeedbackStore({ orm: { feedback } }: Database) {
  return {
    async insert(entry: NewEntity<Feedback>): Promise<void> {
      await feedback.create(toRow(entry));
    },
  };
}
