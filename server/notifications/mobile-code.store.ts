import { isId } from '#core/id.ts';
import type { SmsRefusalReason } from '#core/schemas/notifications.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { changes, type Entity, toEntity } from '../db/entity.ts';
import { where } from '../db/filters.ts';

/**
 * A code for a mobile number. Without `codeMac` it was not sent yet; `refusal` is the reason it
 * never will be.
 */
export type MobileCode = Omit<Entity<'MobileCode'>, 'refusal'> & { refusal: SmsRefusalReason | null };

const OPTIONAL = ['codeMac', 'sentAt', 'refusal'] as const;

export function createMobileCodeStore({ orm: { mobileCodes } }: Database) {
  const at = (userId: string, requestId: string) => mobileCodes.where({ _id: userId, requestId });

  return {
    /** Requests a code, which replaces and invalidates an earlier one. */
    async request(
      wanted: Pick<MobileCode, 'id' | 'requestId' | 'mobile' | 'triesLeft' | 'createdAt' | 'expiresAt'>,
    ): Promise<void> {
      const { id: userId, ...fields } = wanted;
      const replacement = changes({ ...fields, codeMac: null, sentAt: null, refusal: null });
      const update = () => mobileCodes.where({ _id: userId }).updateAndCount(replacement);
      if ((await update()) === 1) return;
      const row = { _id: userId, ...fields } as Parameters<typeof mobileCodes.create>[0];
      if ((await insertOnce(() => mobileCodes.create(row))) === 'exists') await update();
    },

    /** The latest request; it may have expired. */
    async find(userId: string): Promise<MobileCode | null> {
      const row = isId(userId) ? await mobileCodes.where({ _id: userId }).first() : null;
      return row && toEntity<MobileCode>(row, OPTIONAL);
    },

    /**
     * Lets one of several concurrent callers send a code; false for the others, and for a request
     * that was replaced.
     */
    async claim(userId: string, requestId: string, codeMac: string, sentAt: Date): Promise<boolean> {
      if (!isId(userId) || !isId(requestId)) return false;
      const unsent = at(userId, requestId).where(where.isNull('sentAt'));
      return (await unsent.updateAndCount(changes({ codeMac, sentAt }))) === 1;
    },

    /** Releases a claim whose text certainly was not sent. */
    async release(userId: string, requestId: string, codeMac: string): Promise<void> {
      const claimed = mobileCodes.where({ _id: userId, requestId, codeMac });
      await claimed.updateAndCount(changes({ codeMac: null, sentAt: null }));
    },

    async refuse(userId: string, requestId: string, refusal: SmsRefusalReason): Promise<void> {
      await at(userId, requestId).updateAndCount(changes({ refusal }));
    },

    /**
     * Uses one attempt up before the code is compared; false when a concurrent caller used it, or
     * none is left.
     */
    async spendTry(code: MobileCode): Promise<boolean> {
      if (code.triesLeft < 1) return false;
      const unspent = mobileCodes.where({
        _id: code.id,
        requestId: code.requestId,
        triesLeft: code.triesLeft,
      });
      return (await unspent.updateAndCount({ triesLeft: code.triesLeft - 1 })) === 1;
    },

    /** Uses the code up: of several concurrent callers, one succeeds. */
    async consume(code: MobileCode): Promise<boolean> {
      return (await at(code.id, code.requestId).deleteAndCount()) === 1;
    },

    async delete(userId: string): Promise<void> {
      if (isId(userId)) await mobileCodes.where({ _id: userId }).deleteAndCount();
    },
  };
}
