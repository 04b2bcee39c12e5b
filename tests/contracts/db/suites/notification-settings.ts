import { expect, it } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import type { MobileCode } from '#server/notifications/mobile-code.store.ts';
import { race } from '#tests/support/race.ts';
import type { SuiteContext } from '../store-suite.ts';

const at = new Date(1_700_000_100_000);
const times = <T>(n: number, run: () => Promise<T>) => Promise.all(Array.from({ length: n }, run));
const trues = (answers: boolean[]) => answers.filter(Boolean).length;

export function noticeSettingsStoreTests(context: SuiteContext): void {
  it('are the person’s, and the defaults before there are any', async () => {
    const { notificationSettings } = context.stores;
    const userId = newId();
    expect(await notificationSettings.find(userId)).toMatchObject({
      email: 'each',
      sms: 'off',
      quietFrom: null,
    });
    await notificationSettings.save(
      userId,
      { email: 'daily', quietFrom: 0, quietTo: 1439, digestHour: 7 },
      at,
    );
    const saved = { id: userId, email: 'daily', sms: 'off', quietFrom: 0, quietTo: 1439, digestHour: 7 };
    expect(await notificationSettings.find(userId)).toMatchObject({
      ...saved,
      digestAt: null,
      updatedAt: at,
    });
    await notificationSettings.save(userId, { quietFrom: null, quietTo: null, email: 'off' }, at);
    expect(await notificationSettings.find(userId)).toMatchObject({
      email: 'off',
      quietFrom: null,
      digestHour: 7,
    });
  });

  it('are whole when they are saved for the first time twenty times at once', async () => {
    const { notificationSettings } = context.stores;
    const userId = newId();
    await times(20, () => notificationSettings.save(userId, { sms: 'on', verifiedMobile: '+15550100' }, at));
    expect(await notificationSettings.find(userId)).toMatchObject({ sms: 'on', verifiedMobile: '+15550100' });
  });

  it('switch texts off for the number that refused them, and for no other', async () => {
    const { notificationSettings } = context.stores;
    const userId = newId();
    await notificationSettings.save(userId, { sms: 'on', verifiedMobile: '+15550100' }, at);
    expect(await notificationSettings.refuseSms(userId, '+15550199', 'stopped', at)).toBe(false);
    expect(await notificationSettings.refuseSms(userId, '+15550100', 'stopped', at)).toBe(true);
    expect(await notificationSettings.refuseSms(userId, '+15550100', 'bad-number', at)).toBe(false);
    expect(await notificationSettings.find(userId)).toMatchObject({ sms: 'stopped' });
  });

  it('let a digest be claimed once for each time it is due', async () => {
    const { notificationSettings } = context.stores;
    const userId = newId();
    const [today, late, tomorrow] = [new Date(100_000), new Date(150_000), new Date(200_000)] as const;
    expect(await notificationSettings.claimDigest(userId, today, late)).toBe(false);
    await notificationSettings.save(userId, { email: 'daily' }, at);
    const { won, moment } = await race(
      (now) => notificationSettings.claimDigest(userId, today, now),
      late.getTime(),
    );
    expect(won).toBe(1);
    await notificationSettings.releaseDigest(userId, new Date(1), null);
    expect(await notificationSettings.claimDigest(userId, today, late)).toBe(false);
    await notificationSettings.releaseDigest(userId, moment, null);
    expect(await notificationSettings.claimDigest(userId, today, late)).toBe(true);
    expect(await notificationSettings.claimDigest(userId, tomorrow, tomorrow)).toBe(true);
  });
}

export function mobileCodeStoreTests(context: SuiteContext): void {
  const wanted = (id: string) => ({
    id,
    requestId: newId(),
    mobile: '+15550100',
    triesLeft: 5,
    createdAt: at,
    expiresAt: new Date(Date.now() + 10 * MINUTE),
  });
  const found = async (id: string) => (await context.stores.mobileCodes.find(id)) as MobileCode;

  it('is one a person: a later request makes the earlier code worthless', async () => {
    const { mobileCodes } = context.stores;
    const id = newId();
    expect(await mobileCodes.find(id)).toBeNull();
    const [old, request] = [wanted(id), wanted(id)];
    await mobileCodes.request(old);
    expect(await mobileCodes.claim(id, old.requestId, 'old', at)).toBe(true);
    await mobileCodes.request(request);
    expect(await found(id)).toEqual({ ...request, codeMac: null, sentAt: null, refusal: null });
    expect(await mobileCodes.claim(id, old.requestId, 'old', at)).toBe(false);
    await mobileCodes.delete(id);
    expect(await mobileCodes.find(id)).toBeNull();
  });

  it('is sent by one of twenty senders, unless that one gives it back', async () => {
    const { mobileCodes } = context.stores;
    const request = wanted(newId());
    const { id, requestId } = request;
    await mobileCodes.request(request);
    const claims = Array.from({ length: 20 }, (_, i) => mobileCodes.claim(id, requestId, `mac ${i}`, at));
    expect(trues(await Promise.all(claims))).toBe(1);
    const { codeMac } = await found(id);
    await mobileCodes.release(id, requestId, 'of another');
    expect(await found(id)).toMatchObject({ codeMac, sentAt: at });
    await mobileCodes.release(id, requestId, codeMac as string);
    expect(await found(id)).toMatchObject({ codeMac: null, sentAt: null });
    await mobileCodes.refuse(id, requestId, 'stopped');
    expect(await found(id)).toMatchObject({ refusal: 'stopped' });
  });

  it('takes each try once, and is used up once', async () => {
    const { mobileCodes } = context.stores;
    const request = wanted(newId());
    await mobileCodes.request(request);
    const code = await found(request.id);
    expect(trues(await times(20, () => mobileCodes.spendTry(code)))).toBe(1);
    for (let left = 4; left > 0; left -= 1) {
      expect(await mobileCodes.spendTry(await found(request.id))).toBe(true);
    }
    expect(await mobileCodes.spendTry(await found(request.id))).toBe(false);
    expect(trues(await times(20, () => mobileCodes.consume(code)))).toBe(1);
    expect(await mobileCodes.find(request.id)).toBeNull();
  });
}
