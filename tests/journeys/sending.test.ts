import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import {
  befriend,
  codeOf,
  confirmTwoWords,
  logIn,
  makeFriends,
  makePerson,
  type Person,
  refusalOf,
  startJoining,
} from '#tests/support/journey-people.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { deliverLetter } from '#worker/deliver-letter.ts';
import { notifyByEmail } from '#worker/notify-by-email.ts';

let world: Installation;
let alpha: Person;
let beta: Person;
let gamma: Person;
beforeAll(async () => {
  world = await openInstallation();
  ({ alpha, beta } = await makeFriends(world));
  gamma = await makePerson(world, 'gamma');
  await befriend(world, alpha, gamma);
});
afterAll(() => world.close());

const letters = async (person: Person) => (await world.as(person)).inClear;
const noticesOf = async (letterId: string) =>
  (await world.mails()).filter(({ text }) => text.includes(`/letters/${letterId}`));
const words = { to: 'beta', title: 'Sent twice', body: 'But read once.' };

describe('a letter that is sent twice', () => {
  it('is one letter, delivered once and told of once', async () => {
    const letterId = newId();
    await (await letters(alpha)).sendLetter({ letterId, ...words });
    await world.settle();
    expect(await (await letters(alpha)).sendLetter({ letterId, ...words })).toEqual({ letterId });
    await world.settle();
    const { letters: inbox } = await (await letters(beta)).inbox({});
    expect(inbox.filter(({ id }) => id === letterId)).toHaveLength(1);
    expect(await noticesOf(letterId)).toHaveLength(1);
  });

  it('is one letter when a button is pressed ten times at once, with its photos', async () => {
    const letterId = newId();
    const photo = await makePhoto(1, { width: 320, height: 240 });
    await (await world.as(alpha)).inClear.saveDraft({
      draftId: letterId,
      version: 0,
      ...words,
      newPhotos: [photo],
      newCaptions: ['one'],
    });
    const sends = Array.from({ length: 10 }, async () =>
      (await letters(alpha)).sendLetter({ letterId, ...words }),
    );
    expect(await Promise.all(sends)).toEqual(sends.map(() => ({ letterId })));
    await world.settle();
    const { letters: sent } = await (await letters(alpha)).sent({});
    expect(sent.filter(({ id }) => id === letterId)).toHaveLength(1);
    const read = await (await letters(beta)).readLetter({ id: letterId });
    expect(read.content).toMatchObject({ body: words.body, photos: [{ caption: 'one' }] });
    expect((await (await letters(beta)).photo({ id: letterId, n: 0 })).bytes.length).toBeGreaterThan(500);
    expect(await noticesOf(letterId)).toHaveLength(1);
  });

  it('stays as it is when other words, another title or another friend come under its id: they are refused, not lost', async () => {
    const letterId = newId();
    await (await letters(alpha)).sendLetter({ letterId, ...words });
    await world.settle();
    for (const change of [{ body: 'Something else.' }, { title: 'Another title' }, { to: 'gamma' }]) {
      expect(await refusalOf((await letters(alpha)).sendLetter({ letterId, ...words, ...change }))).toBe(
        'conflict',
      );
    }
    expect((await (await letters(beta)).readLetter({ id: letterId })).content).toMatchObject({
      title: words.title,
      body: words.body,
    });
    expect(await refusalOf((await letters(gamma)).readLetter({ id: letterId }))).toBe('not-found');
    expect(await (await letters(alpha)).sendLetter({ letterId, ...words })).toEqual({ letterId });
  });

  it('asks for the friend when none was chosen', async () => {
    const refused = (await letters(alpha)).sendLetter({ letterId: newId(), ...words, to: '' });
    await expect(refused).rejects.toMatchObject({
      cause: { fields: { to: 'Choose who this letter is for.' } },
    });
  });

  it.each([
    ['joiners', '\u200b\u200d\u2060'],
    ['blanks of all kinds', '\u2800\u3164\u2800'],
    ['accents without a letter', '\u0301\u0301\u0301'],
    ['the selectors of emoji', '\ufe0f\ufe0f\ufe0f'],
  ])(
    'needs words that can be seen, and has no title where nobody could see it: %s',
    async (_what, invisible) => {
      const refused = (await letters(alpha)).sendLetter({ letterId: newId(), ...words, body: invisible });
      await expect(refused).rejects.toMatchObject({ cause: { fields: { body: expect.any(String) } } });
      const untitled = newId();
      await (await letters(alpha)).sendLetter({ letterId: untitled, ...words, title: invisible });
      expect((await (await letters(alpha)).readLetter({ id: untitled })).content).toMatchObject({
        title: '',
        body: words.body,
      });
      for (const seen of ['…!?', '❤️❤️❤️', 'عيد', '日本語', 'e\u0301te\u0301']) {
        const sent = (await letters(alpha)).sendLetter({
          letterId: newId(),
          ...words,
          title: seen,
          body: seen,
        });
        expect(await refusalOf(sent)).toBe('no refusal');
      }
    },
  );

  it('cannot be turned into another person’s letter by using its id', async () => {
    const letterId = newId();
    await (await letters(alpha)).sendLetter({ letterId, ...words });
    await world.settle();
    await befriend(world, gamma, beta);
    const forged = (await letters(gamma)).sendLetter({
      letterId,
      to: 'beta',
      title: 'Forged',
      body: 'by gamma',
    });
    expect(await refusalOf(forged)).toBe('conflict');
    const read = await (await letters(beta)).readLetter({ id: letterId });
    expect(read).toMatchObject({ author: { username: 'alpha' }, content: { body: words.body } });
  });
});

describe('the delivery of a letter', () => {
  it('done five times at once is one delivery and one notice', async () => {
    const quiet = await openInstallation({ worker: false });
    try {
      const letterId = newId();
      const friends = await makeFriendsByHand(quiet);
      await (await quiet.as(friends.alpha)).inClear.sendLetter({ letterId, ...words });
      await Promise.all(Array.from({ length: 5 }, () => deliverLetter(quiet.container, { letterId })));
      await Promise.all(Array.from({ length: 5 }, () => notifyByEmail(quiet.container, { letterId })));
      const { letters: inbox } = await (await quiet.as(friends.beta)).letters.inbox({});
      expect(inbox).toHaveLength(1);
      expect(
        (await quiet.mails()).filter(({ subject }) => subject === 'alpha sent you a letter'),
      ).toHaveLength(1);
    } finally {
      await quiet.close();
    }
  });

  it('shows nothing to the receiver before it, and the state to the author', async () => {
    const quiet = await openInstallation({ worker: false });
    try {
      const letterId = newId();
      const friends = await makeFriendsByHand(quiet);
      await (await quiet.as(friends.alpha)).inClear.sendLetter({ letterId, ...words });
      const beforehand = (await quiet.as(friends.beta)).inClear;
      expect((await beforehand.inbox()).letters).toEqual([]);
      expect(await refusalOf(beforehand.readLetter({ id: letterId }))).toBe('not-found');
      expect(await (await quiet.as(friends.alpha)).inClear.readLetter({ id: letterId })).toMatchObject({
        status: 'queued',
        content: { body: words.body },
      });
      await deliverLetter(quiet.container, { letterId });
      expect(await (await quiet.as(friends.beta)).inClear.readLetter({ id: letterId })).toMatchObject({
        status: 'read',
      });
    } finally {
      await quiet.close();
    }
  });

  it('goes to the person whose name was in the form, and to nobody else', async () => {
    const letterId = newId();
    await (await letters(alpha)).sendLetter({ letterId, to: 'gamma', title: 'For gamma', body: 'Only you.' });
    await world.settle();
    expect((await (await letters(gamma)).readLetter({ id: letterId })).content?.body).toBe('Only you.');
    expect(await refusalOf((await letters(beta)).readLetter({ id: letterId }))).toBe('not-found');
    const stored = await world.container.stores.letters.findById(letterId);
    const receiver = await world.container.stores.users.findByUsername('gamma');
    expect(stored?.receiverId).toBe(receiver?.id);
  });
});

/** Two friends in an installation whose worker does not run: mails do not go out, so the address is marked by hand. */
async function makeFriendsByHand(quiet: Installation) {
  const people: Person[] = [];
  for (const username of ['alpha', 'beta']) {
    const joining = await startJoining(quiet, username);
    await confirmTwoWords(quiet, joining);
    const user = await quiet.container.stores.users.findByUsername(username);
    await quiet.container.stores.users.markEmailVerified(user?.id ?? '', new Date());
    const token = await logIn(quiet, username);
    people.push({
      username,
      email: `${username}@example.test`,
      password: '',
      words: joining.words,
      token,
    });
  }
  const [one, other] = people;
  if (!one || !other) throw new Error('no people');
  // Nobody works on the mail about it.
  await (await quiet.as(one)).friends.request({ code: await codeOf(quiet, other) });
  await (await quiet.as(other)).friends.accept({ username: one.username });
  return { alpha: one, beta: other };
}
