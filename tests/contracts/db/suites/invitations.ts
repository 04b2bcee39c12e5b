import { expect, it } from 'vitest';
import { HOUR } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { sampleInvitation } from '#tests/support/database-samples.ts';
import type { SuiteContext } from '../store-suite.ts';

const now = new Date();
const later = new Date(now.getTime() + HOUR);

export function invitationStoreTests(context: SuiteContext): void {
  it('is found by its hash, until it is revoked by its maker', async () => {
    const { invitations } = context.stores;
    const invitation = sampleInvitation();
    await invitations.insert(invitation);
    expect(await invitations.find(invitation.hash)).toEqual(invitation);
    await expect(invitations.insert(sampleInvitation({ hash: invitation.hash }))).rejects.toMatchObject({
      code: 11000,
    });
    expect(await invitations.revoke(invitation.id, newId())).toBe(false);
    expect(await invitations.revoke(invitation.id, invitation.inviterId)).toBe(true);
    expect(await invitations.revoke(invitation.id, invitation.inviterId)).toBe(false);
    expect(await invitations.find(invitation.hash)).toBeNull();
  });

  it('is claimed by one of twenty at once, who can come back until it is used', async () => {
    const { invitations } = context.stores;
    const invitation = sampleInvitation();
    await invitations.insert(invitation);
    const people = Array.from({ length: 20 }, newId);
    const outcomes = await Promise.all(people.map((id) => invitations.claim(invitation.id, id, now)));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    const winner = people[outcomes.indexOf(true)] ?? '';
    expect(await invitations.claim(invitation.id, winner, now)).toBe(true);
    expect(await invitations.revoke(invitation.id, invitation.inviterId)).toBe(false);
    await invitations.setUsed(invitation.id, now);
    expect(await invitations.find(invitation.hash)).toMatchObject({ claimedBy: null, usedAt: now });
    for (const id of [winner, newId()]) expect(await invitations.claim(invitation.id, id, now)).toBe(false);
  });

  it('is not claimed once it has expired', async () => {
    const { invitations } = context.stores;
    const invitation = sampleInvitation({ expiresAt: now });
    await invitations.insert(invitation);
    expect(await invitations.claim(invitation.id, newId(), now)).toBe(false);
    expect(await invitations.listOpen(invitation.inviterId, now, 20)).toEqual([]);
  });

  it('is listed by its maker while it is open, the latest first, and deleted with them', async () => {
    const { invitations } = context.stores;
    const inviterId = newId();
    const [first, second, used] = [now, later, later].map((createdAt) =>
      sampleInvitation({ inviterId, createdAt, expiresAt: new Date(later.getTime() + HOUR) }),
    ) as [Invited, Invited, Invited];
    const others = sampleInvitation();
    for (const one of [first, second, used, others]) await invitations.insert(one);
    await invitations.claim(used.id, newId(), now);
    const ids = async (limit: number) =>
      (await invitations.listOpen(inviterId, now, limit)).map(({ id }) => id);
    expect(await ids(20)).toEqual([second.id, first.id]);
    expect(await ids(1)).toEqual([second.id]);
    await invitations.deleteByInviter(inviterId);
    expect(await ids(20)).toEqual([]);
    expect(await invitations.find(used.hash)).toBeNull();
    expect(await invitations.find(others.hash)).not.toBeNull();
  });
}

type Invited = ReturnType<typeof sampleInvitation>;
