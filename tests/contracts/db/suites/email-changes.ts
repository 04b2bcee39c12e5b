import { expect, it } from 'vitest';
import { HOUR } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { sampleUser } from '#tests/support/database-samples.ts';
import type { SuiteContext } from '../store-suite.ts';

const wish = (id = newId()) => ({
  id,
  requestId: newId(),
  email: `${newId()}@example.test`,
  createdAt: new Date(5),
  expiresAt: new Date(Date.now() + HOUR),
});

export function emailChangeStoreTests(context: SuiteContext): void {
  it('keeps the latest wish of a person, with no link and no answer of an earlier one', async () => {
    const { emailChanges } = context.stores;
    const first = wish();
    await emailChanges.request(first);
    const [toNew, toOld] = [newId(), newId()];
    expect(await emailChanges.setLink(first.id, first.requestId, 'new', toNew)).toBe(true);
    expect(await emailChanges.setLink(first.id, first.requestId, 'old', toOld)).toBe(true);
    expect(await emailChanges.findByLink(toNew)).toMatchObject({ side: 'new', change: first });
    expect(await emailChanges.findByLink(toOld)).toMatchObject({ side: 'old', change: first });
    await emailChanges.agree(toNew, 'new', new Date(6));
    await emailChanges.markBounced(first.id, first.requestId, new Date(6));
    expect(await emailChanges.find(first.id)).toMatchObject({ bouncedAt: new Date(6) });

    const second = wish(first.id);
    await emailChanges.request(second);
    const links = { newLinkHash: null, oldLinkHash: null };
    const empty = { ...links, newAgreedAt: null, oldAgreedAt: null, bouncedAt: null };
    expect(await emailChanges.find(first.id)).toEqual({ ...second, ...empty });
    expect(await emailChanges.findByLink(toOld)).toBeNull();
    expect(await emailChanges.setLink(first.id, first.requestId, 'new', newId())).toBe(false);
    expect(await emailChanges.end(first.id, first.requestId)).toBe(false);
    expect(await emailChanges.end(first.id, second.requestId)).toBe(true);
    expect(await emailChanges.find(first.id)).toBeNull();
  });

  it('gives a link to one of twenty, for its side only, and no new link to a side that has agreed', async () => {
    const { emailChanges } = context.stores;
    const { id, requestId, ...fields } = wish();
    await emailChanges.request({ id, requestId, ...fields });
    const hash = newId();
    await emailChanges.setLink(id, requestId, 'old', hash);
    expect(await emailChanges.agree(hash, 'new', new Date(7))).toBeNull();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => emailChanges.agree(hash, 'old', new Date(7))),
    );
    const [agreed, ...others] = answers.filter(Boolean);
    expect(others).toEqual([]);
    expect(agreed).toMatchObject({ oldAgreedAt: new Date(7), oldLinkHash: null, newAgreedAt: null });
    expect(await emailChanges.findByLink(hash)).toBeNull();
    expect(await emailChanges.setLink(id, requestId, 'old', newId())).toBe(false);
    await emailChanges.delete(id);
    expect(await emailChanges.find(id)).toBeNull();
  });

  it('changes an address only from the one it was, and never to one that is somebody’s', async () => {
    const { users } = context.stores;
    const [one, other] = [
      sampleUser({ emailVerifiedAt: new Date(1) }),
      sampleUser({ emailVerifiedAt: new Date(1) }),
    ];
    await users.insert(one);
    await users.insert(other);
    const to = `${newId()}@example.test`;
    expect(await users.changeEmail(one.id, 'another@example.test', to, new Date(8))).toBe('gone');
    expect(await users.changeEmail(one.id, one.email, other.email, new Date(8))).toBe('taken');
    expect(await users.changeEmail(one.id, one.email, to, new Date(8))).toBe('changed');
    expect(await users.findByEmail(to)).toMatchObject({
      id: one.id,
      email: to,
      emailVerifiedAt: new Date(8),
    });
    expect(await users.findByEmail(one.email)).toBeNull();
  });
}
