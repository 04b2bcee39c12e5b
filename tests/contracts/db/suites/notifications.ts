import { expect, it } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import type { NotificationChannel } from '#server/notifications/notification.store.ts';
import { everyByte, sampleLetter } from '#tests/support/database-samples.ts';
import { race } from '#tests/support/race.ts';
import type { SuiteContext } from '../store-suite.ts';

const at = new Date(1_700_000_100_000);
const channels: NotificationChannel[] = ['email', 'sms'];

export function noticeStoreTests(context: SuiteContext): void {
  /** Delivered letters to one person, due at the given milliseconds. */
  async function dueLetters(
    channel: NotificationChannel,
    dues: number[],
    receiverId = newId(),
  ): Promise<string[]> {
    const letters = dues.map(() => sampleLetter({ receiverId }));
    for (const [i, letter] of letters.entries()) {
      await context.stores.letters.insert(letter);
      await context.stores.letters.markDelivered(letter.id, at, { [channel]: new Date(dues[i] as number) });
    }
    return letters.map(({ id }) => id);
  }

  it.each(channels)('is claimed once by %s, whoever tries how often', async (channel) => {
    const { letters, notifications } = context.stores;
    const [id = ''] = await dueLetters(channel, [7000]);
    const { won, moment } = await race((now) => notifications.claim(channel, id, now));
    expect(won).toBe(1);
    const told = { email: 'emailNoticeAt', sms: 'smsNoticeAt' }[channel];
    const due = { email: 'emailDueAt', sms: 'smsDueAt' }[channel];
    expect(await letters.findById(id)).toMatchObject({ [told]: moment, [due]: null });
    await notifications.release(channel, id, new Date(1), at);
    expect(await notifications.claim(channel, id, at)).toBe(false);
    await notifications.release(channel, id, moment, new Date(8000));
    expect(await letters.findById(id)).toMatchObject({ [told]: null, [due]: new Date(8000) });
    expect(await notifications.claim(channel, id, at)).toBe(true);
    expect(await notifications.claim(channel, newId(), at)).toBe(false);
  });

  it('is claimed by one channel without a word to the other', async () => {
    const { notifications } = context.stores;
    const [id = ''] = await dueLetters('email', [9000]);
    expect(await notifications.claim('email', id, at)).toBe(true);
    expect(await notifications.claim('sms', id, at)).toBe(true);
  });

  it.each(channels)(
    'is listed by %s while it is due, and not once claimed, called off or read',
    async (channel) => {
      const { letters, notifications } = context.stores;
      const base = channel === 'email' ? 20_000 : 30_000;
      const receiverId = newId();
      const ids = await dueLetters(channel, [base + 2, base, base + 1, base + 3, base + 4], receiverId);
      const [second, first, third, fourth, late] = ids as [string, string, string, string, string];
      const span = { from: new Date(base), before: new Date(base + 4) };
      const list = (limit = 10) => notifications.listDue(channel, span, limit);
      expect(await list()).toEqual([first, third, second, fourth]);
      expect(await list(2)).toEqual([first, third]);
      await notifications.claim(channel, first, at);
      await notifications.setDue(channel, second, null);
      await letters.markRead(third, receiverId, at, everyByte);
      expect(await list()).toEqual([fourth]);
      await notifications.setDue(channel, fourth, new Date(base + MINUTE));
      await notifications.setDue(channel, late, new Date(base + 1));
      expect(await list()).toEqual([late]);
      await notifications.setDue(channel, first, new Date(base));
      await notifications.setDue(channel, third, new Date(base));
      expect(await list()).toEqual([late]);
    },
  );

  it('is not due for a letter that nobody is to be told of', async () => {
    const { letters, notifications } = context.stores;
    const letter = sampleLetter();
    await letters.insert(letter);
    await letters.markDelivered(letter.id, at);
    expect(await letters.findById(letter.id)).toMatchObject({ emailDueAt: null, smsDueAt: null });
    expect(await notifications.listDueOf(letter.receiverId, 10)).toEqual([]);
  });

  it('is listed for one person, the earliest first, also before it is due', async () => {
    const { notifications } = context.stores;
    const receiverId = newId();
    const [later, sooner] = await dueLetters('email', [Date.now() + 1e9, 1000], receiverId);
    await dueLetters('email', [1000]);
    expect(await notifications.listDueOf(receiverId, 10)).toEqual([sooner, later]);
    expect(await notifications.listDueOf(receiverId, 1)).toEqual([sooner]);
  });
}
