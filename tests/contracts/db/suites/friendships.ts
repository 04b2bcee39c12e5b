import { expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import type { SuiteContext } from '../store-suite.ts';

const at = new Date(1_700_000_000_000);
const later = new Date(at.getTime() + 1000);

export function friendshipStoreTests(context: SuiteContext): void {
  it('keeps one request a pair, whoever asks', async () => {
    const { friendships } = context.stores;
    const [alpha, beta] = [newId(), newId()];
    expect(await friendships.insertRequest({ requestedBy: alpha, userId: beta, at })).toBe('inserted');
    expect(await friendships.insertRequest({ requestedBy: alpha, userId: beta, at })).toBe('exists');
    expect(await friendships.insertRequest({ requestedBy: beta, userId: alpha, at })).toBe('exists');
    expect(await friendships.find(beta, alpha)).toMatchObject({ requestedBy: alpha, state: 'requested' });
    expect(await friendships.find(alpha, newId())).toBeNull();
  });

  it('keeps one of twenty requests that cross', async () => {
    const { friendships } = context.stores;
    const [alpha, beta] = [newId(), newId()];
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) => {
        const [requestedBy, userId] = i % 2 ? [alpha, beta] : [beta, alpha];
        return friendships.insertRequest({ requestedBy, userId, at });
      }),
    );
    expect(outcomes.filter((outcome) => outcome === 'inserted')).toHaveLength(1);
  });

  it('is accepted by the one who was asked, once', async () => {
    const { friendships } = context.stores;
    const [alpha, beta] = [newId(), newId()];
    await friendships.insertRequest({ requestedBy: alpha, userId: beta, at });
    expect(await friendships.accept(alpha, beta, alpha, later)).toBe(false);
    expect(await friendships.accept(alpha, beta, newId(), later)).toBe(false);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => friendships.accept(beta, alpha, beta, later)),
    );
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(await friendships.find(alpha, beta)).toMatchObject({ state: 'accepted', updatedAt: later });
    expect(await friendships.accept(alpha, newId(), alpha, later)).toBe(false);
  });

  it('can be ended, and begun again', async () => {
    const { friendships } = context.stores;
    const [alpha, beta] = [newId(), newId()];
    await friendships.insertRequest({ requestedBy: alpha, userId: beta, at });
    expect(await friendships.remove(beta, alpha, beta, at)).toBe(true);
    expect(await friendships.remove(beta, alpha, beta, at)).toBe(false);
    expect(await friendships.insertRequest({ requestedBy: beta, userId: alpha, at })).toBe('inserted');
  });

  it('lists a person’s friends from both sides, by state, up to a limit', async () => {
    const { friendships } = context.stores;
    const me = '7fffffffffffffffffffffff';
    const friends = Array.from({ length: 8 }, newId);
    for (const [i, friend] of friends.entries()) {
      const [requestedBy, userId] = i % 2 ? [me, friend] : [friend, me];
      await friendships.insertRequest({ requestedBy, userId, at });
      if (i < 6) await friendships.accept(me, friend, userId, at);
    }
    const accepted = await friendships.listByMember(me, 'accepted', { limit: 20 });
    const others = accepted.map(({ lowId, highId }) => (lowId === me ? highId : lowId));
    expect(others.sort()).toEqual(friends.slice(0, 6).sort());
    const ids = accepted.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    const some = await friendships.listByMember(me, 'accepted', { limit: 4 });
    expect(some.map(({ id }) => id)).toEqual(ids.slice(0, 4));
    expect(await friendships.listByMember(me, 'requested', { limit: 20 })).toHaveLength(2);
    expect(await friendships.listByMember(me, 'declined', { limit: 20 })).toEqual([]);
  });

  it('is declined only by the one who was asked, and can be asked again', async () => {
    const { friendships } = context.stores;
    const [alpha, beta] = [newId(), newId()];
    await friendships.insertRequest({ requestedBy: alpha, userId: beta, at });
    expect(await friendships.decline(alpha, beta, alpha, later)).toBe(false);
    expect(await friendships.reopen({ requestedBy: alpha, userId: beta, at: later })).toBe(false);
    expect(await friendships.decline(alpha, beta, beta, later)).toBe(true);
    expect(await friendships.find(alpha, beta)).toMatchObject({
      ...{ state: 'declined', updatedAt: at, declinedAt: later },
    });
    expect(await friendships.remove(alpha, beta, beta, later)).toBe(false);
    expect(await friendships.remove(alpha, beta, alpha, later)).toBe(true);
    expect(await friendships.remove(alpha, beta, alpha, later)).toBe(false);
    expect(await friendships.find(alpha, beta)).toMatchObject({ state: 'withdrawn', declinedAt: later });
    expect(await friendships.repeatDeclined({ requestedBy: beta, userId: alpha, at: later })).toBe(false);
    expect(await friendships.repeatDeclined({ requestedBy: alpha, userId: beta, at: later })).toBe(true);
    expect(await friendships.find(alpha, beta)).toMatchObject({ state: 'declined', updatedAt: later });
    expect(await friendships.reopen({ requestedBy: beta, userId: alpha, at: later })).toBe(true);
    expect(await friendships.find(alpha, beta)).toMatchObject({ state: 'requested', requestedBy: beta });
  });

  it('keeps a block of one of the two beyond the friendship, until it is lifted', async () => {
    const { friendships } = context.stores;
    const [low, high] = [newId(), newId()].sort() as [string, string];
    expect(await friendships.setBlocked(low, high, high, at)).toBe(false);
    await friendships.insertRequest({ requestedBy: low, userId: high, at });
    expect(await friendships.setBlocked(low, high, high, at)).toBe(true);
    expect(await friendships.find(low, high)).toMatchObject({ blockedByLow: null, blockedByHigh: at });
    expect(await friendships.remove(low, high, low, later)).toBe(true);
    expect(await friendships.find(low, high)).toMatchObject({ state: 'removed', blockedByHigh: at });
    expect(await friendships.setBlocked(high, low, high, null)).toBe(true);
    expect(await friendships.find(low, high)).toMatchObject({ blockedByLow: null, blockedByHigh: null });
  });

  it('is made by an invitation at once, whatever was between the two; blocks stay', async () => {
    const { friendships } = context.stores;
    const [alpha, beta] = [newId(), newId()].sort() as [string, string];
    const invited = { requestedBy: alpha, userId: beta, at: later };
    await Promise.all(Array.from({ length: 20 }, () => friendships.befriend(invited)));
    const made = { state: 'accepted', requestedBy: alpha, invitedAt: later, unseenSince: later };
    expect(await friendships.find(beta, alpha)).toMatchObject(made);
    await friendships.befriend({ requestedBy: beta, userId: alpha, at });
    expect(await friendships.find(beta, alpha)).toMatchObject(made);
    await friendships.setBlocked(alpha, beta, alpha, at);
    await friendships.remove(alpha, beta, beta, at);
    await friendships.befriend(invited);
    expect(await friendships.find(beta, alpha)).toMatchObject({ ...made, blockedByLow: at });

    const gamma = newId();
    await friendships.insertRequest({ requestedBy: gamma, userId: alpha, at });
    await friendships.decline(alpha, gamma, alpha, at);
    await friendships.befriend({ requestedBy: alpha, userId: gamma, at: later });
    expect(await friendships.find(gamma, alpha)).toMatchObject({ ...made, declinedAt: null });
    await friendships.remove(alpha, gamma, alpha, at);
    await friendships.insertRequest({ requestedBy: gamma, userId: alpha, at });
    await friendships.accept(gamma, alpha, alpha, later);
    expect(await friendships.find(gamma, alpha)).toMatchObject({ state: 'accepted', invitedAt: null });
  });

  it('is between two people', async () => {
    const { friendships } = context.stores;
    const alpha = newId();
    await expect(friendships.insertRequest({ requestedBy: alpha, userId: alpha, at })).rejects.toThrow(
      TypeError,
    );
  });
}
