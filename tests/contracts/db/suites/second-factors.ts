import { expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import type { PendingLogIn } from '#server/log-in/pending-log-in.store.ts';
import { everyByte, samplePasskey, samplePendingLogIn } from '#tests/support/database-samples.ts';
import type { SuiteContext } from '../store-suite.ts';

const at = new Date(1_700_000_000_000);
const trues = (answers: boolean[]) => answers.filter(Boolean).length;
const times = <T>(n: number, run: () => Promise<T>) => Promise.all(Array.from({ length: n }, run));

export function secondFactorStoreTests(context: SuiteContext): void {
  it('are empty for somebody who has set nothing up', async () => {
    const { secondFactors } = context.stores;
    const id = newId();
    const empty = {
      id,
      totpSecret: null,
      totpSince: null,
      totpStep: null,
      pendingSecret: null,
      pendingUntil: null,
      codeMacs: [],
      codesSince: null,
      passkeyChallenge: null,
      passkeyUntil: null,
      version: 0,
    };
    expect(await secondFactors.find(id)).toEqual(empty);
    expect(await secondFactors.save(await secondFactors.find(id), { totpStep: 7 })).toBe(true);
    expect(await secondFactors.find(id)).toEqual({ ...empty, totpStep: 7, version: 1 });
  });

  it('are changed by one of twenty who saw the same, the first time and later', async () => {
    const { secondFactors } = context.stores;
    const id = newId();
    for (let step = 0; step < 3; step += 1) {
      const seen = await secondFactors.find(id);
      const saves = await times(20, () => secondFactors.save(seen, { totpStep: step, codeMacs: ['a', 'b'] }));
      expect(trues(saves)).toBe(1);
      expect(await secondFactors.find(id)).toMatchObject({ totpStep: step, version: step + 1 });
    }
  });

  it('keep bytes and codes as they are, and forget what is set to nothing', async () => {
    const { secondFactors } = context.stores;
    const id = newId();
    await secondFactors.save(await secondFactors.find(id), {
      totpSecret: everyByte,
      totpSince: at,
      codeMacs: ['a', 'b'],
    });
    expect(await secondFactors.find(id)).toMatchObject({
      totpSecret: everyByte,
      totpSince: at,
      codeMacs: ['a', 'b'],
    });
    await secondFactors.save(await secondFactors.find(id), { totpSecret: null, codeMacs: [] });
    expect(await secondFactors.find(id)).toMatchObject({ totpSecret: null, codeMacs: [] });
    await secondFactors.delete(id);
    expect(await secondFactors.find(id)).toMatchObject({ version: 0 });
  });

  it('keep a passkey as one person’s, whose credential is nobody else’s', async () => {
    const { passkeys } = context.stores;
    const [userId, other] = [newId(), newId()];
    const first = samplePasskey({ userId });
    const second = samplePasskey({ userId, createdAt: new Date(at.getTime() + 1000) });
    expect(await passkeys.insert(second)).toBe('inserted');
    expect(await passkeys.insert(first)).toBe('inserted');
    const copy = samplePasskey({ userId: other, credentialId: first.credentialId });
    expect(await passkeys.insert(copy)).toBe('exists');
    expect(await passkeys.listByUser(userId)).toEqual([first, second]);
    expect(await passkeys.rename(other, first.id, 'Mine now')).toBe(false);
    expect(await passkeys.rename(userId, first.id, 'Old key')).toBe(true);
    expect(await passkeys.rename(userId, first.id, 'Old key')).toBe(true);
    expect(await passkeys.delete(other, first.id)).toBe(false);
    expect(await passkeys.listByUser(userId)).toEqual([{ ...first, name: 'Old key' }, second]);
    expect(await passkeys.delete(userId, first.id)).toBe(true);
    await passkeys.deleteByUser(userId);
    expect(await passkeys.listByUser(userId)).toEqual([]);
  });

  it('take a passkey’s counter forward for one of twenty callers', async () => {
    const { passkeys } = context.stores;
    const passkey = samplePasskey({ counter: '4294967294' });
    await passkeys.insert(passkey);
    expect(trues(await times(20, () => passkeys.markUsed(passkey, '4294967295', at)))).toBe(1);
    expect(await passkeys.listByUser(passkey.userId)).toEqual([
      { ...passkey, counter: '4294967295', lastUsedAt: at },
    ]);
  });

  it('let a waiting log-in be tried five times and used up once', async () => {
    const { pendingLogIns } = context.stores;
    const pending = samplePendingLogIn();
    const found = async () => (await pendingLogIns.findByTokenHash(pending.tokenHash)) as PendingLogIn;
    await pendingLogIns.insert(pending);
    expect(await found()).toEqual(pending);
    expect(trues(await times(20, () => pendingLogIns.spendTry(pending)))).toBe(1);
    for (let left = 4; left > 0; left -= 1) expect(await pendingLogIns.spendTry(await found())).toBe(true);
    expect(await pendingLogIns.spendTry(await found())).toBe(false);
    expect(trues(await times(20, () => pendingLogIns.consume(pending.id)))).toBe(1);
    expect(await pendingLogIns.findByTokenHash(pending.tokenHash)).toBeNull();
  });

  it('let what a passkey was asked be answered once', async () => {
    const { pendingLogIns } = context.stores;
    const pending = samplePendingLogIn({ mode: 'sealed', serverHalf: null, sealedKeys: null });
    await pendingLogIns.insert(pending);
    expect(await pendingLogIns.takePasskeyChallenge(pending)).toBe(false);
    await pendingLogIns.setPasskeyChallenge(pending.id, 'first');
    await pendingLogIns.setPasskeyChallenge(pending.id, 'second');
    const asked = { ...pending, passkeyChallenge: 'second' };
    expect(await pendingLogIns.takePasskeyChallenge({ ...asked, passkeyChallenge: 'first' })).toBe(false);
    expect(trues(await times(20, () => pendingLogIns.takePasskeyChallenge(asked)))).toBe(1);
    expect(await pendingLogIns.findByTokenHash(pending.tokenHash)).toEqual(pending);
    await pendingLogIns.deleteByUser(pending.userId);
    expect(await pendingLogIns.findByTokenHash(pending.tokenHash)).toBeNull();
  });
}
