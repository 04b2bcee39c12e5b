import { describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import {
  everyByte,
  sampleLetter,
  samplePhoto,
  sampleToken,
  sampleUser,
} from '#tests/support/database-samples.ts';
import type { SuiteContext } from '../store-suite.ts';

export function deletionStoreTests(context: SuiteContext): void {
  const addUser = async (): Promise<string> => {
    const user = sampleUser();
    await context.stores.users.insert(user);
    return user.id;
  };

  describe('an account', () => {
    it('is to go at one moment, whoever says so first, until it is called off', async () => {
      const { users } = context.stores;
      const id = await addUser();
      expect((await users.findById(id))?.deleteAt).toBeNull();
      const said = await Promise.all([1, 2, 3].map((n) => users.scheduleDeletion(id, new Date(n * 1000))));
      expect(said.filter(Boolean)).toHaveLength(1);
      expect(await users.cancelDeletion(id, new Date(3000))).toBe(false);
      expect(await users.cancelDeletion(id, new Date(0))).toBe(true);
      expect(await users.cancelDeletion(id, new Date(0))).toBe(false);
      expect((await users.findById(id))?.deleteAt).toBeNull();
    });

    it('is found and deleted once its time has come, and only then', async () => {
      const { users } = context.stores;
      const [early, late, staying] = [await addUser(), await addUser(), await addUser()];
      await users.scheduleDeletion(late, new Date(2000));
      await users.scheduleDeletion(early, new Date(1000));
      expect(await users.listLeaving(new Date(2000), 10)).toEqual([early]);
      expect(await users.listLeaving(new Date(2001), 10)).toEqual([early, late]);
      expect(await users.listLeaving(new Date(2001), 1)).toEqual([early]);
      expect(await users.deleteLeaving(late, new Date(2000))).toBe(false);
      expect(await users.deleteLeaving(staying, new Date())).toBe(false);
      expect(await users.deleteLeaving(late, new Date(2001))).toBe(true);
      expect(await users.deleteLeaving(late, new Date(2001))).toBe(false);
      expect(await users.findById(late)).toBeNull();
      expect(await users.findById(staying)).not.toBeNull();
      await users.deleteLeaving(early, new Date(2001));
    });
  });

  it('a deletion is noted once, and put off behind the others', async () => {
    const { deletions } = context.stores;
    const [one, other] = [newId(), newId()];
    const at = (ms: number) => ({ createdAt: new Date(0), tryAt: new Date(ms) });
    expect(
      await deletions.insert({ id: one, username: 'alpha', email: 'alpha@example.test', ...at(1) }),
    ).toBe('inserted');
    expect(await deletions.insert({ id: one, username: 'beta', ...at(9) })).toBe('exists');
    await deletions.insert({ id: other, username: 'beta', ...at(2) });
    expect(await deletions.find(one)).toMatchObject({ username: 'alpha', email: 'alpha@example.test' });
    expect((await deletions.find(other))?.email).toBeNull();
    expect(await deletions.listOpen(new Date(10), 10)).toEqual([one, other]);
    await deletions.putOff(one, new Date(5));
    expect(await deletions.listOpen(new Date(10), 10)).toEqual([other, one]);
    expect(await deletions.listOpen(new Date(5), 10)).toEqual([other]);
    await Promise.all([deletions.delete(one), deletions.delete(one), deletions.delete(other)]);
    expect(await deletions.listOpen(new Date(10), 10)).toEqual([]);
  });

  it('a former name is kept once', async () => {
    const { formerNames } = context.stores;
    const hash = newId();
    expect(await formerNames.hasAny([hash])).toBe(false);
    await Promise.all([1, 2, 3].map(() => formerNames.insert(hash, new Date(0))));
    expect(await formerNames.hasAny([hash])).toBe(true);
  });

  it.each(['author', 'receiver'] as const)(
    'a letter forgets its %s and is the other’s as before',
    async (role) => {
      const { letters, stampPictures } = context.stores;
      const letter = sampleLetter();
      await letters.insert(letter);
      await letters.markDelivered(letter.id, new Date(1));
      await letters.markRead(letter.id, letter.receiverId, new Date(2), everyByte);
      await stampPictures.insert({
        id: letter.id,
        picture: everyByte,
        sealedForAuthor: everyByte,
        sealedForReceiver: everyByte,
        paintedAt: new Date(0),
      });
      await letters.forgetMember(letter.id, role);
      await letters.forgetMember(letter.id, role);
      await stampPictures.forgetMember(letter.id, role);
      const [kept, gone] =
        role === 'author' ? (['receiver', 'author'] as const) : (['author', 'receiver'] as const);
      const keyOf = { author: 'sealedForAuthor', receiver: 'sealedForReceiver' } as const;
      const headingOf = { author: 'authorHeading', receiver: 'receiverHeading' } as const;
      const stored = await letters.findById(letter.id);
      expect(stored?.[keyOf[gone]]).toHaveLength(0);
      expect(stored?.[headingOf[gone]]?.length ?? 0).toBe(0);
      expect(stored?.[keyOf[kept]]).toEqual(letter[keyOf[kept]]);
      expect(stored?.[headingOf[kept]]?.length).toBeGreaterThan(0);
      expect(stored?.payload).toEqual(letter.payload);
      const stamp = await stampPictures.find(letter.id);
      expect(stamp?.[keyOf[gone]]).toBeNull();
      expect(stamp?.[keyOf[kept]]).toEqual(everyByte);
      await Promise.all([letters.delete(letter.id), stampPictures.delete(letter.id)]);
      expect(await letters.findById(letter.id)).toBeNull();
      expect(await stampPictures.find(letter.id)).toBeNull();
    },
  );

  it('what is one person’s goes, and what is another’s stays', async () => {
    const { tokens, readings, friendships, photos, feedback, retiredKeys, notificationSettings } =
      context.stores;
    const [me, other, third] = [newId(), newId(), newId()];
    const [mine, theirs] = [sampleToken({ userId: me }), sampleToken({ userId: other })];
    const [own, kept] = [samplePhoto(), samplePhoto()];
    const letterId = newId();
    for (const token of [mine, theirs]) await tokens.insert(token);
    for (const readerId of [me, other]) {
      await readings.save({ readerId, letterId, position: 5, at: new Date(0) });
      await retiredKeys.insert({ userId: readerId, epoch: 1, publicKey: everyByte, retiredAt: new Date(0) });
      await notificationSettings.save(readerId, { sms: 'on' }, new Date(0));
      const said = { subject: 'A thing', message: 'x', createdAt: new Date(0) };
      await feedback.insert({ id: newId(), userId: readerId, ...said });
    }
    await friendships.insertRequest({ requestedBy: me, userId: other, at: new Date(0) });
    await friendships.insertRequest({ requestedBy: third, userId: me, at: new Date(0) });
    await friendships.insertRequest({ requestedBy: third, userId: other, at: new Date(0) });
    for (const photo of [own, kept]) await photos.insert(photo);
    for (let twice = 0; twice < 2; twice += 1) {
      await tokens.deleteByUser(me);
      await readings.deleteByReader(me);
      await retiredKeys.deleteByUser(me);
      await friendships.deleteByMember(me);
      await photos.deleteByLetter(own.letterId);
      await feedback.forgetUser(me);
      await notificationSettings.delete(me);
    }
    expect(await tokens.find(mine.hash, mine.purpose)).toBeNull();
    expect(await tokens.find(theirs.hash, theirs.purpose)).not.toBeNull();
    expect(await readings.find(me, letterId)).toBeNull();
    expect(await readings.find(other, letterId)).not.toBeNull();
    expect(await retiredKeys.find(me, 1)).toBeNull();
    expect(await retiredKeys.find(other, 1)).not.toBeNull();
    expect([await friendships.find(me, other), await friendships.find(me, third)]).toEqual([null, null]);
    expect(await friendships.find(other, third)).not.toBeNull();
    expect(await photos.find(own.id, own.letterId)).toBeNull();
    expect(await photos.find(kept.id, kept.letterId)).not.toBeNull();
    expect(await feedback.listByUser(me, 10)).toEqual([]);
    expect(await feedback.listByUser(other, 10)).toHaveLength(1);
    expect([(await notificationSettings.find(me)).sms, (await notificationSettings.find(other)).sms]).toEqual(
      ['off', 'on'],
    );
  });
}
