import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import {
  codeOf,
  confirmTwoWords,
  logIn,
  makePerson,
  refusalOf,
  startJoining,
  testPassword,
  verificationToken,
} from '#tests/support/journey-people.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

let world: Installation;
beforeAll(async () => {
  world = await openInstallation();
});
afterAll(() => world.close());

describe('the whole way of a letter', () => {
  it('leads from joining to the answer of a friend', async () => {
    // Join: the session sees the words and nothing else.
    const joining = await startJoining(world, 'alpha');
    expect(joining.words).toHaveLength(12);
    const whileJoining = await world.as(joining);
    expect(await whileJoining.accounts.me()).toMatchObject({ username: 'alpha', stage: 'joining' });
    expect(await refusalOf(whileJoining.letters.inbox({}))).toBe('unauthenticated');

    // Confirm: no mail goes out before, one after.
    expect(await world.mails()).toHaveLength(0);
    await confirmTwoWords(world, joining);
    expect(await (await world.as(joining)).accounts.recoveryPhrase()).toBeNull();

    // Verify, log in.
    const nobody = await world.as(null);
    expect(await nobody.accounts.logIn({ username: 'alpha', password: testPassword })).toMatchObject({
      outcome: 'unverified',
    });
    const token = await verificationToken(world, 'alpha@example.test');
    expect(await nobody.accounts.verifyEmail({ token })).toEqual({ username: 'alpha', already: false });
    const alpha = { token: await logIn(world, 'alpha') };
    expect(await (await world.as(alpha)).accounts.me()).toMatchObject({ stage: 'full', mode: 'assisted' });

    // Friends: asked by code, accepted by the other.
    const beta = await makePerson(world, 'beta');
    const code = await codeOf(world, beta);
    expect(await (await world.as(alpha)).friends.lookUp({ code })).toMatchObject({
      username: 'beta',
      state: 'none',
    });
    expect(await (await world.as(alpha)).friends.request({ code })).toMatchObject({ state: 'asked' });
    expect((await (await world.as(beta)).friends.list()).asking).toMatchObject([{ username: 'alpha' }]);
    await (await world.as(beta)).friends.accept({ username: 'alpha' });
    expect((await (await world.as(alpha)).friends.list()).friends).toMatchObject([{ username: 'beta' }]);

    // Draft with a photo.
    const letterId = newId();
    const photo = await makePhoto(1, { width: 1200, height: 900, orientation: 6 });
    const words = {
      to: 'beta',
      title: 'The lake, finally',
      body: 'Dear beta,\n\n    two cups,\nand a torch.',
    };
    const saved = await (await world.as(alpha)).inClear.saveDraft({
      draftId: letterId,
      version: 0,
      ...words,
      newPhotos: [photo],
      newCaptions: ['The shore'],
    });
    expect(saved).toMatchObject({ version: 2, photoNotes: [], photos: [{ caption: 'The shore' }] });
    expect((await (await world.as(alpha)).inClear.drafts()).drafts).toMatchObject([
      { id: letterId, title: words.title, to: 'beta', photoCount: 1 },
    ]);

    // Send: the draft is gone, the letter delivered, the friend told.
    await (await world.as(alpha)).inClear.sendLetter({ letterId, ...words });
    await world.settle();
    expect((await (await world.as(alpha)).inClear.drafts()).drafts).toEqual([]);
    expect(await (await world.as(beta)).letters.countNew()).toBe(1);
    const [closed] = (await (await world.as(beta)).inClear.inbox()).letters;
    expect(closed).toMatchObject({
      id: letterId,
      status: 'delivered',
      title: null,
      friend: { username: 'alpha' },
    });
    const notice = (await world.mails()).filter(({ subject }) => subject === 'alpha sent you a letter');
    expect(notice).toHaveLength(1);
    expect(notice[0]).toMatchObject({ to: 'beta@example.test' });
    expect(notice[0]?.text).toContain(`http://bff.example.test/letters/${letterId}`);

    // Read: text to the last space, the photo upright, the state set.
    const read = await (await world.as(beta)).inClear.readLetter({ id: letterId });
    expect(read).toMatchObject({ role: 'receiver', status: 'read', author: { username: 'alpha' } });
    expect(read.content).toMatchObject({ title: words.title, body: words.body });
    expect(read.content?.photos).toEqual([{ caption: 'The shore', alt: '', width: 900, height: 1200 }]);
    const picture = await (await world.as(beta)).inClear.photo({ id: letterId, n: 0, size: 'preview' });
    expect(picture.mediaType).toBe('image/jpeg');
    expect([...picture.bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    const [opened] = (await (await world.as(beta)).inClear.inbox()).letters;
    expect(opened).toMatchObject({ status: 'read', title: words.title });
    expect(await (await world.as(beta)).letters.countNew()).toBe(0);

    // The author has a copy and sees that it was opened; the answer goes the other way.
    const [sent] = (await (await world.as(alpha)).inClear.sent()).letters;
    expect(sent).toMatchObject({ id: letterId, status: 'read', title: words.title });
    const copy = await (await world.as(alpha)).inClear.readLetter({ id: letterId });
    expect(copy).toMatchObject({ role: 'author', content: { body: words.body } });
    const answer = newId();
    await (await world.as(beta)).inClear.sendLetter({
      letterId: answer,
      to: 'alpha',
      title: 'Re: lake',
      body: 'Yes.',
    });
    await world.settle();
    expect((await (await world.as(alpha)).inClear.readLetter({ id: answer })).content?.body).toBe('Yes.');

    // Log out: the token is worth nothing any more.
    await (await world.as(alpha)).accounts.logOut();
    expect(await (await world.as(alpha)).accounts.me()).toBeNull();
  });

  it('begins with an empty inbox: nobody is shown a letter that was not written to them', async () => {
    const newcomer = await makePerson(world, 'newcomer');
    const inside = await world.as(newcomer);
    expect((await inside.letters.inbox({})).letters).toEqual([]);
    expect((await inside.letters.sent({})).letters).toEqual([]);
    expect(await inside.friends.list()).toMatchObject({ friends: [], asking: [], asked: [] });
  });
});
