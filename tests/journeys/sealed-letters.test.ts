import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newLetterKey, openPhoto } from '#core/crypto/index.ts';
import { DAY } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { nameLetters } from '#core/letters/name-letters.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { befriend, makeFriends, makePerson, type Person, refusalOf } from '#tests/support/journey-people.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { type SealedPerson, sealedPerson } from '#tests/support/sealed-person.ts';

let world: Installation;
let people: { alpha: Person; beta: Person; gamma: Person };
let alpha: SealedPerson;
let beta: SealedPerson;
let gamma: SealedPerson;
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  people = { ...(await makeFriends(world)), gamma: await makePerson(world, 'gamma') };
  [alpha, beta, gamma] = await Promise.all([
    sealedPerson(world, people.alpha),
    sealedPerson(world, people.beta),
    sealedPerson(world, people.gamma),
  ]);
});
afterAll(() => world.close());

const words = { title: 'Sealed at home', body: 'Nobody between us.' };
const outgoingTo = (to: string, text = words) => ({
  letterId: newId(),
  to,
  content: { ...text, photos: [] },
  photos: [],
  key: newLetterKey(),
});
const sealed = (person: SealedPerson, outgoing: ReturnType<typeof outgoingTo>) => person.seal(outgoing);

describe('a letter that is sealed and opened by its two friends alone', () => {
  it('goes with its photos from a draft to the friend, who reads it and is seen to have read it', async () => {
    const outgoing = await alpha.draft('beta', words, 3);
    expect(await alpha.send(outgoing)).toBe('sent');
    expect(await refusalOf(alpha.api.drafts.get({ id: outgoing.letterId }))).toBe('not-found');
    await world.settle();

    const before = await nameLetters(beta.keys, await beta.api.letters.inbox({}));
    expect(before.letters[0]).toMatchObject({ id: outgoing.letterId, title: null, status: 'delivered' });
    const { letter, opened } = await beta.read(outgoing.letterId);
    expect(letter).toMatchObject({
      seal: 'opened',
      status: 'read',
      friendKey: { trust: 'pinned' },
      content: words,
    });
    for (const [n, { photoId }] of outgoing.photos.entries()) {
      const { bytes } = await beta.api.letters.photo({ id: letter.id, n, size: 'preview' });
      const ref = { letterId: letter.id, photoId, variant: 'preview' as const };
      const key = opened?.key ?? newLetterKey();
      expect(await openPhoto(key, ref, bytes, outgoing.photos[n]?.previewHash)).toHaveLength(300);
    }
    const inbox = await nameLetters(beta.keys, await beta.api.letters.inbox({}));
    expect(inbox.letters[0]).toMatchObject({ title: words.title, status: 'read' });
    const sent = await nameLetters(alpha.keys, await alpha.api.letters.sent({}));
    expect(sent.letters[0]).toMatchObject({ title: words.title, status: 'read' });
  });

  it('reads the same in a session with keys in the server, whoever sealed it', async () => {
    const outgoing = await alpha.draft('beta', words, 1);
    await alpha.send(outgoing);
    await world.settle();
    const assisted = await world.as(people.beta);
    const read = await assisted.inClear.readLetter({ id: outgoing.letterId });
    expect(read).toMatchObject({ content: { ...words, photos: [{ caption: 'photo 0', width: 8 }] } });
    expect((await assisted.inClear.photo({ id: outgoing.letterId, n: 0 })).bytes).toHaveLength(900);

    const letterId = newId();
    const photo = await makePhoto(1, { width: 320, height: 240 });
    const answer = { to: 'alpha', title: 'An answer', body: 'By form.' };
    await assisted.inClear.saveDraft({ draftId: letterId, version: 0, ...answer, newPhotos: [photo] });
    await assisted.inClear.sendLetter({ letterId, ...answer });
    await world.settle();
    const { letter, opened } = await alpha.read(letterId);
    expect(letter.content).toMatchObject({
      title: answer.title,
      body: answer.body,
      photos: [{ width: 320 }],
    });
    const seal = (await alpha.api.letters.get({ id: letterId })).letter.photos[0];
    const { bytes } = await alpha.api.letters.photo({ id: letterId, n: 0 });
    const ref = { letterId, photoId: seal?.photoId ?? '', variant: 'full' as const };
    expect(
      (await openPhoto(opened?.key ?? newLetterKey(), ref, bytes, seal?.fullHash)).length,
    ).toBeGreaterThan(500);
  });

  it('shows no word of it to the server: every answer is sealed', async () => {
    const outgoing = await alpha.draft('beta', { title: 'Kanarienvogel', body: 'zwitschert leise' }, 1);
    const draft = await alpha.api.drafts.get({ id: outgoing.letterId });
    await alpha.send(outgoing);
    await world.settle();
    await beta.read(outgoing.letterId);
    const answers = [
      draft,
      await alpha.api.letters.sent({}),
      await beta.api.letters.get({ id: outgoing.letterId }),
      await beta.api.letters.inbox({}),
      await beta.api.letters.photo({ id: outgoing.letterId, n: 0 }),
    ];
    const text = JSON.stringify(answers, (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    expect(text).not.toMatch(/Kanarienvogel|zwitschert|photo 0/);
  });
});

describe('the same sealed letter sent more than once', () => {
  it('is one letter, delivered and told of once', async () => {
    const sending = await sealed(alpha, outgoingTo('beta'));
    const { letterId } = sending.letter;
    for (let n = 0; n < 3; n += 1) {
      expect(await alpha.api.letters.send(sending)).toEqual({ letterId });
      await world.settle();
    }
    const { letters } = await beta.api.letters.inbox({});
    expect(letters.filter(({ id }) => id === letterId)).toHaveLength(1);
    const told = (await world.mails()).filter(({ text }) => text.includes(`/letters/${letterId}`));
    expect(told).toHaveLength(1);
  });

  it('is one letter for ten presses at once that each sealed it anew, with its photos', async () => {
    const outgoing = await alpha.draft('beta', words, 1);
    const presses = await Promise.all(Array.from({ length: 10 }, () => alpha.send(outgoing)));
    expect(new Set(presses)).toEqual(new Set(['sent']));
    await world.settle();
    const { letters } = await alpha.api.letters.sent({});
    expect(letters.filter(({ id }) => id === outgoing.letterId)).toHaveLength(1);
    expect((await beta.read(outgoing.letterId)).letter.content?.photos).toHaveLength(1);
  });

  it('stays as it is when other words, or another friend, come under its id: they are told, not lost', async () => {
    const outgoing = outgoingTo('beta');
    await alpha.send(outgoing);
    const other = { ...outgoing, content: { ...words, body: 'Something else.', photos: [] } };
    expect(await alpha.send(other)).toBe('used');
    await befriend(world, people.alpha, people.gamma);
    expect(await alpha.send({ ...outgoing, to: 'gamma' })).toBe('used');
    await world.settle();
    expect((await beta.read(outgoing.letterId)).letter.content?.body).toBe(words.body);
    expect(await refusalOf(gamma.read(outgoing.letterId))).toBe('not-found');
  });

  it('cannot take the place of another person’s letter or draft', async () => {
    const theirs = outgoingTo('beta');
    await alpha.send(theirs);
    await befriend(world, people.gamma, people.beta);
    expect(await gamma.send({ ...outgoingTo('beta'), letterId: theirs.letterId })).toBe('used');
    const draft = await alpha.draft('beta', words);
    const { payload, sealedKey } = await alpha.api.drafts.get({ id: draft.letterId });
    const over = { draftId: draft.letterId, to: '', payload, sealedKey, photos: [] };
    for (const version of [0, 1, 2]) {
      expect(await refusalOf(gamma.api.drafts.save({ ...over, version }))).toBe('conflict');
    }
    expect((await alpha.openDraft(draft.letterId)).content.body).toBe(words.body);
  });
});

describe('an envelope that does not match', () => {
  it('is refused, whatever in it is changed', async () => {
    const good = await sealed(alpha, outgoingTo('beta'));
    const { letter } = good;
    const cut = (bytes: Uint8Array<ArrayBuffer>, by: number) => bytes.slice(0, bytes.length + by);
    const longer = new Uint8Array(letter.payload.length + 1);
    longer.set(letter.payload);
    const huge = new Uint8Array(29 + 2 ** 20).fill(1);
    const otherSuite = letter.sealedForAuthor.map((byte, n) => (n === 0 ? 2 : byte));
    const cases: [string, object][] = [
      ['forbidden', { authorId: beta.keys.userId }],
      ['forbidden', { authorId: newId() }],
      ['invalid-input', { receiverId: gamma.keys.userId }],
      ['invalid-input', { receiverId: alpha.keys.userId }],
      ['conflict', { authorEpoch: letter.authorEpoch + 1 }],
      ['conflict', { receiverEpoch: letter.receiverEpoch + 1 }],
      ['invalid-input', { createdAt: letter.createdAt - 2 * DAY }],
      ['invalid-input', { createdAt: letter.createdAt + 2 * DAY }],
      ['invalid-input', { suite: 2 }],
      ['invalid-input', { payload: cut(letter.payload, -1) }],
      ['invalid-input', { payload: longer }],
      ['invalid-input', { payload: huge }],
      ['invalid-input', { payload: new Uint8Array(0) }],
      ['invalid-input', { sealedForReceiver: cut(letter.sealedForReceiver, -1) }],
      ['invalid-input', { sealedForAuthor: otherSuite }],
      [
        'invalid-input',
        { photos: [{ photoId: newId(), fullHash: '0'.repeat(64), previewHash: '0'.repeat(64) }] },
      ],
      ['invalid-input', { letterId: 'nonsense' }],
    ];
    for (const [code, change] of cases) {
      const sending = { ...good, letter: { ...letter, ...change } } as typeof good;
      expect(await refusalOf(alpha.api.letters.send(sending)), Object.keys(change)[0]).toBe(code);
    }
    for (const heading of [new Uint8Array(541), new Uint8Array(10), new Uint8Array(0)]) {
      expect(await refusalOf(alpha.api.letters.send({ ...good, heading }))).toBe('invalid-input');
    }
    expect(await world.container.stores.letters.findById(letter.letterId)).toBeNull();
    await alpha.api.letters.send(good);
  });

  it('is shown as damaged to the friend when its author sealed nonsense', async () => {
    const good = await sealed(alpha, outgoingTo('beta'));
    const payload = good.letter.payload.map((byte, n) => (n === 40 ? byte ^ 1 : byte));
    await alpha.api.letters.send({ ...good, letter: { ...good.letter, payload } });
    await world.settle();
    expect((await beta.read(good.letter.letterId)).letter).toMatchObject({
      seal: 'damaged',
      content: null,
      status: 'delivered',
    });
    expect((await (await world.as(people.beta)).inClear.readLetter({ id: good.letter.letterId })).seal).toBe(
      'damaged',
    );
  });
});

describe('people between whom there is no friendship', () => {
  it('send nothing: a stranger, a removed friend; and a blocked one’s letter goes nowhere', async () => {
    const delta = await makePerson(world, 'delta');
    const epsilon = await makePerson(world, 'epsilon');
    await befriend(world, delta, epsilon);
    const [one, other] = [await sealedPerson(world, delta), await sealedPerson(world, epsilon)];
    expect(await refusalOf(one.api.friends.keys({ username: 'beta' }))).toBe('forbidden');
    const toStranger = { ...(await sealed(one, outgoingTo('epsilon'))), to: 'beta' };
    expect(await refusalOf(one.api.letters.send(toStranger))).toBe('forbidden');

    await other.api.friends.block({ username: 'delta' });
    const outgoing = outgoingTo('epsilon');
    expect(await one.send(outgoing)).toBe('sent');
    await world.settle();
    // It looks so; `security/unnoticed` has more of it.
    expect((await one.read(outgoing.letterId)).letter.status).toBe('delivered');
    expect(await refusalOf(other.read(outgoing.letterId))).toBe('not-found');
    expect(await refusalOf(other.send(outgoingTo('delta')))).toBe('forbidden');

    await other.api.friends.unblock({ username: 'delta' });
    const ready = await sealed(one, outgoingTo('epsilon'));
    await one.api.friends.remove({ username: 'epsilon' });
    expect(await refusalOf(one.api.letters.send(ready))).toBe('forbidden');
  });
});

describe('the mark of a first reading', () => {
  it('is set by the receiver alone, once, and only with a sealed title', async () => {
    const outgoing = outgoingTo('beta');
    const { heading, ...sending } = await sealed(alpha, outgoing);
    await alpha.api.letters.send({ ...sending, heading });
    const id = outgoing.letterId;
    await world.settle();
    for (const person of [alpha, gamma]) {
      expect(await refusalOf(person.api.letters.markRead({ id, heading }))).toBe('not-found');
    }
    expect(await refusalOf(beta.api.letters.markRead({ id, heading: heading.slice(1) }))).toBe(
      'invalid-input',
    );
    expect((await alpha.read(id)).letter.status).toBe('delivered');
    const [first, second] = await Promise.all([
      beta.api.letters.markRead({ id, heading }),
      beta.api.letters.markRead({ id, heading }),
    ]);
    expect((first.readAt ?? second.readAt)?.getTime()).toBeGreaterThan(0);
    const { readAt } = await beta.api.letters.markRead({ id, heading });
    expect((await alpha.read(id)).letter).toMatchObject({ status: 'read', readAt });
  });
});

describe('the keys of a friend', () => {
  it('that are other ones than before stop a letter until they are trusted, in either kind of session', async () => {
    const zeta = await makePerson(world, 'zeta');
    await befriend(world, people.alpha, zeta);
    expect(await alpha.send(outgoingTo('zeta'))).toBe('sent');
    const ready = await sealed(alpha, outgoingTo('zeta'));
    const { stores } = world.container;
    const user = await stores.users.findByUsername('zeta');
    if (!user) throw new Error('no zeta');
    const { identityPublicKey } = (await stores.users.findByUsername('gamma')) ?? user;
    const { id: _, ...fields } = user;
    const replaced = { ...fields, identityPublicKey, keyEpoch: user.keyEpoch + 1 };
    await stores.users.replaceKeys(user, replaced, new Date());
    expect(await alpha.send(outgoingTo('zeta'))).toBe('key-changed');
    // Sealed to the old key a moment before: the server says so, too.
    expect(await refusalOf(alpha.api.letters.send(ready))).toBe('conflict');
    await (await world.as(people.alpha)).inClear.trustKey({ username: 'zeta', verified: false });
    expect(await alpha.send(outgoingTo('zeta'))).toBe('sent');
  });

  it('are remembered by two devices at once without forgetting one', async () => {
    const [first, second] = [
      await sealedPerson(world, people.gamma),
      await sealedPerson(world, people.gamma),
    ];
    const { pins, version } = await first.api.friends.pins();
    const mine = pins ?? new Uint8Array(60).fill(1);
    const saves = await Promise.all([
      first.api.friends.savePins({ pins: mine, version }),
      second.api.friends.savePins({ pins: mine, version }),
    ]);
    expect(saves.filter(({ saved }) => saved)).toHaveLength(1);
    expect(
      await refusalOf(first.api.friends.savePins({ pins: new Uint8Array(300_000).fill(1), version })),
    ).toBe('invalid-input');
  });
});
