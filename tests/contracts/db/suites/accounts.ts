import { expect, it } from 'vitest';
import { newFriendCode, newId } from '#core/id.ts';
import { everyByte, sampleSession, sampleToken, sampleUser } from '#tests/support/database-samples.ts';
import type { SuiteContext } from '../store-suite.ts';

export function accountStoreTests(context: SuiteContext): void {
  it('gives an account back exactly, by id, name and code', async () => {
    const { users } = context.stores;
    const user = sampleUser({ mobile: '+15550100', wrappedAmk: everyByte, displayName: 'Ælphá 🐈\u0000' });
    expect(await users.insert(user)).toBe('inserted');
    const stored = await users.findById(user.id);
    expect(stored).toMatchObject({
      ...user,
      emailVerifiedAt: null,
      timeZone: null,
      locale: null,
      recoveryConfirmedAt: null,
    });
    expect(Object.values(stored ?? {})).not.toContain(undefined);
    expect(await users.findByUsername(user.username)).toEqual(stored);
    expect(await users.findByFriendCode(user.friendCode)).toEqual(stored);
    expect(await users.findById(newId())).toBeNull();
    expect(await users.findByUsername('nobody')).toBeNull();
  });

  it('names the unique field that is taken', async () => {
    const { users } = context.stores;
    const user = sampleUser();
    await users.insert(user);
    expect(await users.insert(sampleUser({ username: user.username }))).toBe('username-taken');
    expect(await users.insert(sampleUser({ friendCode: user.friendCode }))).toBe('code-taken');
    await expect(users.insert(sampleUser({ id: user.id }))).rejects.toMatchObject({ code: 11000 });
  });

  it('lets one of twenty take a username at the same moment', async () => {
    const { users } = context.stores;
    const username = `race${newId().slice(0, 8)}`;
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => users.insert(sampleUser({ username }))),
    );
    expect(outcomes.filter((outcome) => outcome === 'inserted')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'username-taken')).toHaveLength(19);
  });

  it('accepts an address twice, but lets only one account verify it', async () => {
    const { users } = context.stores;
    const [first, second] = [sampleUser(), sampleUser()];
    second.email = first.email;
    expect([await users.insert(first), await users.insert(second)]).toEqual(['inserted', 'inserted']);
    expect(await users.markEmailVerified(second.id, new Date(5))).toBe(true);
    expect(await users.markEmailVerified(second.id, new Date(5))).toBe(true);
    expect(await users.markEmailVerified(first.id, new Date(6))).toBe(false);
    expect(await users.markEmailVerified(newId(), new Date(6))).toBe(false);
    expect(await users.findByEmail(first.email)).toMatchObject({
      id: second.id,
      emailVerifiedAt: new Date(5),
    });
    expect(await users.findById(first.id)).toMatchObject({ emailVerifiedAt: null });
    const third = sampleUser({ email: first.email, emailVerifiedAt: new Date(7) });
    expect(await users.insert(third)).toBe('email-taken');
  });

  it('lets one of twenty accounts verify an address at the same moment', async () => {
    const { users } = context.stores;
    const email = `${newId()}@example.test`;
    const rivals = Array.from({ length: 20 }, () => sampleUser({ email }));
    for (const rival of rivals) await users.insert(rival);
    const outcomes = await Promise.all(rivals.map(({ id }) => users.markEmailVerified(id, new Date(1))));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
  });

  it('finds many accounts at once and leaves out the unknown', async () => {
    const { users } = context.stores;
    const both = [sampleUser(), sampleUser()];
    for (const user of both) await users.insert(user);
    const found = await users.findManyByIds([...both.map(({ id }) => id), newId(), 'nonsense']);
    expect(found.map(({ id }) => id).sort()).toEqual(both.map(({ id }) => id).sort());
    expect(await users.findManyByIds([])).toEqual([]);
  });

  it('replaces keys, and new recovery words have to be confirmed again', async () => {
    const { users } = context.stores;
    const user = sampleUser();
    await users.insert(user);
    await users.confirmRecovery(user.id, new Date(9));
    expect(await users.findById(user.id)).toMatchObject({ recoveryConfirmedAt: new Date(9) });
    const wrapped = everyByte.slice();
    const since = new Date(10);
    const seen = { id: user.id, credentialsSince: null };
    const recovery = { wrappedAmkRecovery: wrapped, recoveryVerifier: everyByte };
    expect(await users.setRecovery(seen, recovery, since)).toBe(true);
    expect(await users.findById(user.id)).toMatchObject({
      recoveryConfirmedAt: null,
      wrappedAmkRecovery: wrapped,
    });
    const kdf = { kdfSalt: everyByte, kdfMemoryKiB: 1, kdfIterations: 2, kdfParallelism: 3 };
    const password = { ...kdf, authVerifier: everyByte, wrappedAmk: everyByte, secretVersion: 1 };
    const next = { id: user.id, credentialsSince: since };
    expect(await users.setPasswordKeys(next, password, new Date(11))).toBe(true);
    expect(await users.findById(user.id)).toMatchObject({ ...password, credentialsSince: new Date(11) });
  });

  it('replaces no keys that were made from credentials which have changed since', async () => {
    const { users } = context.stores;
    const user = sampleUser();
    await users.insert(user);
    const kdf = { kdfSalt: everyByte, kdfMemoryKiB: 7, kdfIterations: 7, kdfParallelism: 1 };
    const password = { ...kdf, authVerifier: everyByte, wrappedAmk: everyByte, secretVersion: 1 };
    const recovery = { wrappedAmkRecovery: everyByte, recoveryVerifier: everyByte };
    const [never, since] = [{ id: user.id, credentialsSince: null }, new Date(20)];
    const all = { ...password, ...recovery, recoveryConfirmedAt: null };
    const upgrade = () => users.upgradePasswordKeys({ ...user, ...never, secretVersion: null }, password);
    expect(await Promise.all([upgrade(), upgrade()]).then((done) => done.sort())).toEqual([false, true]);
    const resets = [users.replaceKeys(never, all, since), users.replaceKeys(never, all, since)];
    expect(await Promise.all(resets).then((done) => done.sort())).toEqual([false, true]);
    const kept = await users.findById(user.id);
    for (const old of [never, { id: user.id, credentialsSince: new Date(19) }]) {
      expect(await users.setPasswordKeys(old, password, new Date(30))).toBe(false);
      expect(await users.setRecovery(old, recovery, new Date(30))).toBe(false);
      expect(await users.replaceKeys(old, all, new Date(30))).toBe(false);
      expect(
        await users.upgradePasswordKeys(
          { ...old, kdfMemoryKiB: 7, kdfIterations: 7, secretVersion: 1 },
          password,
        ),
      ).toBe(false);
    }
    expect(await users.findById(user.id)).toEqual(kept);
    await users.forgetDevices(user.id, new Date(40));
    expect(await users.findById(user.id)).toMatchObject({ credentialsSince: new Date(40) });
  });

  it('changes a friend code unless it is taken', async () => {
    const { users } = context.stores;
    const [one, other] = [sampleUser(), sampleUser()];
    await users.insert(one);
    await users.insert(other);
    const code = newFriendCode();
    expect(await users.setFriendCode(one.id, code)).toBe('set');
    expect(await users.setFriendCode(other.id, code)).toBe('code-taken');
    expect(await users.findByFriendCode(one.friendCode)).toBeNull();
    expect(await users.findByFriendCode(code)).toMatchObject({ id: one.id });
  });

  it('keeps a session from log-in to log-out', async () => {
    const { sessions } = context.stores;
    const session = sampleSession({ sealedWords: everyByte, userAgent: 'Test' });
    await sessions.insert(session);
    expect(await sessions.findByTokenHash(session.tokenHash)).toMatchObject(session);
    await sessions.clearPendingPhrase(session.id);
    const expiresAt = new Date(Date.now() + 7_200_000);
    await sessions.touch(session.id, new Date(77), expiresAt, '203.0.x.x');
    expect(await sessions.findByTokenHash(session.tokenHash)).toMatchObject({
      ...session,
      sealedWords: null,
      lastSeenAt: new Date(77),
      address: '203.0.x.x',
      expiresAt,
    });
    await sessions.deleteById(session.id);
    expect(await sessions.findByTokenHash(session.tokenHash)).toBeNull();
  });

  it('ends one session, of its owner only', async () => {
    const { sessions } = context.stores;
    const session = sampleSession();
    await sessions.insert(session);
    expect(await sessions.end(session.id, newId())).toBe(false);
    expect(await sessions.end(session.id, session.userId)).toBe(true);
    expect(await sessions.end(session.id, session.userId)).toBe(false);
    expect(await sessions.findByTokenHash(session.tokenHash)).toBeNull();
  });

  it('ends all sessions of a person but the one named', async () => {
    const { sessions } = context.stores;
    const userId = newId();
    const mine = [1, 2, 3].map(() => sampleSession({ userId }));
    const others = sampleSession();
    for (const session of [...mine, others]) await sessions.insert(session);
    const [kept] = mine;
    expect(await sessions.deleteByUser(userId, kept?.id)).toBe(2);
    expect((await sessions.listByUser(userId)).map(({ id }) => id)).toEqual([kept?.id]);
    expect(await sessions.deleteByUser(userId)).toBe(1);
    expect(await sessions.findByTokenHash(others.tokenHash)).toMatchObject({ id: others.id });
  });

  it('gives a token to one of twenty, for its purpose only', async () => {
    const { tokens } = context.stores;
    const token = sampleToken();
    await tokens.insert(token);
    expect(await tokens.find(token.hash, token.purpose)).toEqual(token);
    expect(await tokens.find(token.hash, 'reset')).toBeNull();
    expect(await tokens.consume(token.hash, 'reset', new Date())).toBeNull();
    const got = await Promise.all(
      Array.from({ length: 20 }, () => tokens.consume(token.hash, token.purpose, new Date())),
    );
    expect(got.filter(Boolean)).toEqual([token]);
    expect(await tokens.find(token.hash, token.purpose)).toBeNull();
  });

  it('does not give an expired token, from its last moment on', async () => {
    const { tokens } = context.stores;
    const token = sampleToken();
    await tokens.insert(token);
    expect(await tokens.consume(token.hash, token.purpose, token.expiresAt)).toBeNull();
    const before = new Date(token.expiresAt.getTime() - 1);
    expect(await tokens.consume(token.hash, token.purpose, before)).toEqual(token);
  });

  it('deletes tokens of one person and purpose', async () => {
    const { tokens } = context.stores;
    const userId = newId();
    const [verify, reset] = [sampleToken({ userId }), sampleToken({ userId, purpose: 'reset' })];
    await tokens.insert(verify);
    await tokens.insert(reset);
    await tokens.deleteByUser(userId, 'verify-email');
    expect(await tokens.find(verify.hash, 'verify-email')).toBeNull();
    expect(await tokens.find(reset.hash, 'reset')).toEqual(reset);
  });
}
