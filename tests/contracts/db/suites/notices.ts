import { expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import type { MobileCode } from '#server/notifications/mobile-code.store.ts';
import { everyByte, sampleLetter } from '#tests/support/database-samples.ts';
import type { SuiteContext } from '../store-suite.ts';

const at = new Date(1_700_000_100_000);
const times = <T>(n: number, run: () => Promise<T>) => Promise.all(Array.from({ length: n }, run));
const trues = (answers: boolean[]) => answers.filter(Boolean).length;

export function noticeStoreTests(context: SuiteContext): void {
  /** Delivered letters to one person, due at the given milliseconds. */
  async function dueLetters(
    channel: 'email' | 'sms',
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

  it.each(['email', 'sms'] as const)('is claimed once by %s, whoever tries how often', async (channel) => {
    const { letters, notices } = context.stores;
    const [id = ''] = await dueLetters(channel, [7000]);
    expect(trues(await times(20, () => notices.claim(channel, id, at)))).toBe(1);
    const told = { email: 'emailNoticeAt', sms: 'smsNoticeAt' }[channel];
    const due = { email: 'emailDueAt', sms: 'smsDueAt' }[channel];
    expect(await letters.findById(id)).toMatchObject({ [told]: at, [due]: null });
    await notices.release(channel, id, new Date(1), at);
    expect(await notices.claim(channel, id, at)).toBe(false);
    await notices.release(channel, id, at, new Date(8000));
    expect(await letters.findById(id)).toMatchObject({ [told]: null, [due]: new Date(8000) });
    expect(await notices.claim(channel, id, at)).toBe(true);
    expect(await notices.claim(channel, newId(), at)).toBe(false);
  });

  it('is claimed by one channel without a word to the other', async () => {
    const { notices } = context.stores;
    const [id = ''] = await dueLetters('email', [9000]);
    expect(await notices.claim('email', id, at)).toBe(true);
    expect(await notices.claim('sms', id, at)).toBe(true);
  });

  it.each(['email', 'sms'] as const)(
    'is listed by %s from when it is due until it is claimed, called off or the letter is read',
    async (channel) => {
      const { letters, notices } = context.stores;
      const base = channel === 'email' ? 20_000 : 30_000;
      const receiverId = newId();
      const ids = await dueLetters(channel, [base + 2, base, base + 1, base + 3, base + 4], receiverId);
      const [second, first, third, fourth, late] = ids as [string, string, string, string, string];
      const span = { from: new Date(base), before: new Date(base + 4) };
      const list = (limit = 10) => notices.listDue(channel, span, limit);
      expect(await list()).toEqual([first, third, second, fourth]);
      expect(await list(2)).toEqual([first, third]);
      await notices.claim(channel, first, at);
      await notices.setDue(channel, second, null);
      await letters.markRead(third, receiverId, at, everyByte);
      expect(await list()).toEqual([fourth]);
      await notices.setDue(channel, fourth, new Date(base + 60_000));
      await notices.setDue(channel, late, new Date(base + 1));
      expect(await list()).toEqual([late]);
      await notices.setDue(channel, first, new Date(base));
      await notices.setDue(channel, third, new Date(base));
      expect(await list()).toEqual([late]);
    },
  );

  it('is not due for a letter that nobody is to be told of', async () => {
    const { letters, notices } = context.stores;
    const letter = sampleLetter();
    await letters.insert(letter);
    await letters.markDelivered(letter.id, at);
    expect(await letters.findById(letter.id)).toMatchObject({ emailDueAt: null, smsDueAt: null });
    expect(await notices.listDueOf(letter.receiverId, 10)).toEqual([]);
  });

  it('is listed for one person, the earliest first, also before it is due', async () => {
    const { notices } = context.stores;
    const receiverId = newId();
    const [later, sooner] = await dueLetters('email', [Date.now() + 1e9, 1000], receiverId);
    await dueLetters('email', [1000]);
    expect(await notices.listDueOf(receiverId, 10)).toEqual([sooner, later]);
    expect(await notices.listDueOf(receiverId, 1)).toEqual([sooner]);
  });

  it('keeps a person’s settings, and answers with the defaults before there are any', async () => {
    const { noticeSettings } = context.stores;
    const userId = newId();
    expect(await noticeSettings.find(userId)).toMatchObject({ email: 'each', sms: 'off', quietFrom: null });
    await noticeSettings.save(userId, { email: 'daily', quietFrom: 0, quietTo: 1439, digestHour: 7 }, at);
    const saved = { id: userId, email: 'daily', sms: 'off', quietFrom: 0, quietTo: 1439, digestHour: 7 };
    expect(await noticeSettings.find(userId)).toMatchObject({ ...saved, digestAt: null, updatedAt: at });
    await noticeSettings.save(userId, { quietFrom: null, quietTo: null, email: 'off' }, at);
    expect(await noticeSettings.find(userId)).toMatchObject({ email: 'off', quietFrom: null, digestHour: 7 });
  });

  it('keeps every field of settings that are saved for the first time twenty times at once', async () => {
    const { noticeSettings } = context.stores;
    const userId = newId();
    await times(20, () => noticeSettings.save(userId, { sms: 'on', verifiedMobile: '+15550100' }, at));
    expect(await noticeSettings.find(userId)).toMatchObject({ sms: 'on', verifiedMobile: '+15550100' });
  });

  it('switches texts off for the number that refused them, and for no other', async () => {
    const { noticeSettings } = context.stores;
    const userId = newId();
    await noticeSettings.save(userId, { sms: 'on', verifiedMobile: '+15550100' }, at);
    expect(await noticeSettings.refuseSms(userId, '+15550199', 'stopped', at)).toBe(false);
    expect(await noticeSettings.refuseSms(userId, '+15550100', 'stopped', at)).toBe(true);
    expect(await noticeSettings.refuseSms(userId, '+15550100', 'bad-number', at)).toBe(false);
    expect(await noticeSettings.find(userId)).toMatchObject({ sms: 'stopped' });
  });

  it('lets a digest be claimed once for each time it is due', async () => {
    const { noticeSettings } = context.stores;
    const userId = newId();
    const [today, tomorrow] = [new Date(100_000), new Date(200_000)];
    const late = new Date(150_000);
    expect(await noticeSettings.claimDigest(userId, today, late)).toBe(false);
    await noticeSettings.save(userId, { email: 'daily' }, at);
    expect(trues(await times(20, () => noticeSettings.claimDigest(userId, today, late)))).toBe(1);
    await noticeSettings.releaseDigest(userId, new Date(1), null);
    expect(await noticeSettings.claimDigest(userId, today, late)).toBe(false);
    await noticeSettings.releaseDigest(userId, late, null);
    expect(await noticeSettings.claimDigest(userId, today, late)).toBe(true);
    expect(await noticeSettings.claimDigest(userId, tomorrow, tomorrow)).toBe(true);
  });

  it('keeps one code a person, sends it once, and takes each try once', async () => {
    const { mobileCodes } = context.stores;
    const id = newId();
    const wanted = () => ({
      id,
      requestId: newId(),
      mobile: '+15550100',
      triesLeft: 5,
      createdAt: at,
      expiresAt: new Date(Date.now() + 600_000),
    });
    const found = async () => (await mobileCodes.find(id)) as MobileCode;
    expect(await mobileCodes.find(id)).toBeNull();
    const [old, request] = [wanted(), wanted()];
    await mobileCodes.request(old);
    await mobileCodes.claim(id, old.requestId, 'old', at);
    await mobileCodes.request(request);
    expect(await found()).toEqual({ ...request, codeMac: null, sentAt: null, refusal: null });
    expect(await mobileCodes.claim(id, old.requestId, 'old', at)).toBe(false);

    const sends = Array.from({ length: 20 }, (_, i) =>
      mobileCodes.claim(id, request.requestId, `mac ${i}`, at),
    );
    expect(trues(await Promise.all(sends))).toBe(1);
    const { codeMac } = await found();
    await mobileCodes.release(id, request.requestId, 'another');
    expect(await found()).toMatchObject({ codeMac, sentAt: at });
    await mobileCodes.release(id, request.requestId, codeMac as string);
    expect(await found()).toMatchObject({ codeMac: null, sentAt: null });

    const code = await found();
    expect(trues(await times(20, () => mobileCodes.spendTry(code)))).toBe(1);
    for (let left = 4; left > 0; left -= 1) expect(await mobileCodes.spendTry(await found())).toBe(true);
    expect(await mobileCodes.spendTry(await found())).toBe(false);
    await mobileCodes.refuse(id, request.requestId, 'stopped');
    expect(await found()).toMatchObject({ refusal: 'stopped', triesLeft: 0 });
    expect(trues(await times(20, () => mobileCodes.consume(code)))).toBe(1);
    await mobileCodes.request(wanted());
    await mobileCodes.delete(id);
    expect(await mobileCodes.find(id)).toBeNull();
  });
}
