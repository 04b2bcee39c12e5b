import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { accountsSweep } from '#server/deletion/deletion.jobs.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import { sampleDraft, samplePasskey } from '#tests/support/database-samples.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import {
  befriend,
  logIn,
  makePeople,
  makePerson,
  type Person,
  refusalOf,
  sendLetter,
} from '#tests/support/journey-people.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { beginLogIn, proof, setUpApp } from '#tests/support/second-factor.ts';
import { tracesOf } from '#tests/support/traces.ts';

let world: Installation;
let alpha: Person;
let beta: Person;
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  [alpha, beta] = (await makePeople(world, 'alpha', 'beta')) as [Person, Person];
  await befriend(world, alpha, beta);
});
afterAll(() => world.close());

const deletionOf = async (person: Person) => (await world.as(person)).deletion;
const answers = (person: Person) => ({ proof: { password: person.password }, username: person.username });
const deleteAt = async (person: Person) => (await (await world.as(person)).accounts.me())?.deleteAt ?? null;
const idOf = async (username: string) =>
  (await world.container.stores.users.findByUsername(username))?.id ?? '';
const mailsTo = async (person: Person) =>
  (await world.mails()).filter(({ to }) => to === person.email).map(({ subject }) => subject);

async function sweepAccounts(): Promise<void> {
  await enqueue(world.container.queue, accountsSweep, {});
  await world.settle();
}

describe('asking for the deletion of one’s account', () => {
  it.each([
    ['a wrong password', { proof: { password: 'not the password' } }, 'invalid-input'],
    ['no password', { proof: { password: '' } }, 'invalid-input'],
    ['somebody else’s username', { username: 'beta' }, 'invalid-input'],
    ['no username', { username: '' }, 'invalid-input'],
  ])('is refused with %s, and nothing changes', async (_, wrong, refusal) => {
    const asked = (await deletionOf(alpha)).ask({ ...answers(alpha), ...wrong });
    expect(await refusalOf(asked)).toBe(refusal);
    expect(await deleteAt(alpha)).toBeNull();
  });

  it('is told to its owner by mail, once, and changes nothing else for a week', async () => {
    const asking = await Promise.all([
      (await deletionOf(alpha)).ask({ ...answers(alpha), username: ' Alpha ' }),
      (await deletionOf(alpha)).ask(answers(alpha)),
    ]);
    await world.settle();
    const date = await deleteAt(alpha);
    expect(date?.getTime()).toBeGreaterThan(Date.now() + 6.9 * DAY);
    expect(
      asking
        .map((answer) => answer.deleteAt.getTime() - (date?.getTime() ?? 0))
        .every((ms) => Math.abs(ms) < 5000),
    ).toBe(true);
    const subjects = (await mailsTo(alpha)).filter((subject) => /will be deleted on/.test(subject));
    expect(subjects).toHaveLength(1);
    expect((await mailsTo(beta)).join()).not.toMatch(/delete/);

    const letterId = await sendLetter(world, beta, alpha, { title: 'Still there' });
    expect((await (await world.as(alpha)).inClear.readLetter({ id: letterId })).content?.title).toBe(
      'Still there',
    );
    await sendLetter(world, alpha, beta);
    const { friends } = await (await world.as(beta)).friends.list();
    expect(friends.map(({ username }) => username)).toContain('alpha');
    expect((await mailsTo(alpha)).at(-1)).toMatch(/letter/i);
  });

  it('a second time keeps the first date', async () => {
    const first = await deleteAt(alpha);
    world.clock.advance(DAY);
    expect((await (await deletionOf(alpha)).ask(answers(alpha))).deleteAt).toEqual(first);
  });

  it('is seen by a log-in meanwhile, and called off by it, as often as one likes', async () => {
    const token = await logIn(world, 'alpha');
    expect(await deleteAt({ ...alpha, token })).not.toBeNull();
    await (await deletionOf({ ...alpha, token })).cancel();
    await (await deletionOf(alpha)).cancel();
    expect(await deleteAt(alpha)).toBeNull();
    world.clock.advance(8 * DAY);
    await sweepAccounts();
    expect(await logIn(world, 'alpha')).toMatch(/.{43}/);
  });

  it('cannot be called off once its time has come, and comes true', async () => {
    await (await deletionOf(alpha)).ask(answers(alpha));
    world.clock.advance(7 * DAY - MINUTE);
    await sweepAccounts();
    expect(await deleteAt(alpha)).not.toBeNull();
    world.clock.advance(61_000);
    expect(await refusalOf((await deletionOf(alpha)).cancel())).toBe('conflict');
    world.clock.advance(61_000);
    await sweepAccounts();
    expect(await refusalOf((await world.as(alpha)).letters.inbox({}))).toBe('unauthenticated');
    expect(await refusalOf(logIn(world, 'alpha'))).toBe('unauthenticated');
    expect((await mailsTo(alpha)).at(-1)).toBe('Your account has been deleted');
  });
});

describe('after a friend’s account is gone', () => {
  let gamma: Person;
  let delta: Person;
  let gammaId: string;
  const ids: Record<'received' | 'unread' | 'sent' | 'onItsWay' | 'draft' | 'ofBoth', string> = {
    received: '',
    unread: '',
    sent: '',
    onItsWay: newId(),
    draft: newId(),
    ofBoth: '',
  };
  let picture: Uint8Array;
  /** Where something of gamma was while the account was there. */
  let before: string[];

  beforeAll(async () => {
    [gamma, delta] = (await makePeople(world, 'gamma', 'delta')) as [Person, Person];
    beta = { ...beta, token: await logIn(world, 'beta') };
    await befriend(world, gamma, beta);
    await befriend(world, gamma, delta);
    gammaId = await idOf('gamma');
    const photo = await makePhoto(1, { width: 640, height: 480 });
    const withPhoto = async (from: Person, to: Person, title: string) => {
      const draftId = newId();
      const words = { to: to.username, title, body: `The body of ${title}` };
      await (await world.as(from)).inClear.saveDraft({
        draftId,
        version: 0,
        ...words,
        newPhotos: [photo],
        newCaptions: ['at the sea'],
      });
      return sendLetter(world, from, to, { letterId: draftId, ...words });
    };
    ids.received = await withPhoto(gamma, beta, 'From gamma');
    picture = (await (await world.as(beta)).inClear.photo({ id: ids.received, n: 0 })).bytes;
    await (await world.as(beta)).inClear.readLetter({ id: ids.received });
    ids.unread = await withPhoto(gamma, beta, 'Not opened yet');
    ids.sent = await withPhoto(beta, gamma, 'To gamma');
    await (await world.as(gamma)).inClear.readLetter({ id: ids.sent });
    await (await world.as(gamma)).letters.savePlace({ id: ids.sent, position: 300 });
    ids.ofBoth = await withPhoto(gamma, delta, 'Of two who go');
    await withPhoto(delta, gamma, 'Of two who go, the answer');
    await (await world.as(beta)).inClear.saveDraft({
      draftId: ids.draft,
      version: 0,
      to: 'gamma',
      title: 'A draft',
      body: 'to gamma',
    });
    await (await world.as(gamma)).inClear.saveDraft({
      draftId: newId(),
      version: 0,
      to: 'beta',
      title: 'Mine',
      body: 'alone',
      newPhotos: [photo],
    });
    await (await world.as(gamma)).feedback.give({ subject: 'A thing', message: 'I like it' });
    await (await world.as(gamma)).notifications.save({
      email: 'daily',
      digestHour: 7,
      sms: false,
      quietFrom: '',
      quietTo: '',
      timeZone: 'UTC',
    });
    for (const person of [gamma, delta]) await (await deletionOf(person)).ask(answers(person));
    const api = await world.as(gamma);
    await api.emailChange.request({ email: 'gamma.new@example.test', proof });
    await api.notifications.setMobile({ mobile: '+49 151 23456789' });
    await api.invitations.create();
    await setUpApp(world, gamma);
    await world.container.stores.passkeys.insert(samplePasskey({ userId: gammaId }));
    await beginLogIn(world, gamma);
    await world.settle();
    before = await tracesOf(world, gammaId);
    world.clock.advance(7 * DAY + 90_000);
    // Sent at the last moment, and by nobody taken up before the account is gone.
    world.faults.queue = true;
    await (await world.as(beta)).inClear.sendLetter({
      letterId: ids.onItsWay,
      to: 'gamma',
      title: 'Too late',
      body: 'x',
    });
    world.faults.queue = false;
    await sweepAccounts();
  });

  it.each([
    ['read before', () => ids.received, 'receiver', 'From gamma'],
    ['not opened before', () => ids.unread, 'receiver', 'Not opened yet'],
    ['written to them', () => ids.sent, 'author', 'To gamma'],
  ] as const)(
    'a letter %s is read as before, with its photo, and from or to a former friend',
    async (_, id, role, title) => {
      const api = await world.as(beta);
      const letter = await api.inClear.readLetter({ id: id() });
      expect(letter).toMatchObject({ role, seal: 'opened', authorKeySeen: true, friendKey: null });
      expect(letter.content).toMatchObject({
        title,
        body: `The body of ${title}`,
        photos: [{ caption: 'at the sea' }],
      });
      const friend = role === 'author' ? letter.receiver : letter.author;
      expect(friend).toEqual({ username: '', displayName: 'a former friend' });
      expect((await api.inClear.photo({ id: id(), n: 0 })).bytes).toEqual(picture);
    },
  );

  it('the lists name a former friend', async () => {
    const api = await world.as(beta);
    const { letters } = await (await world.as(beta)).inClear.inbox();
    expect(letters.find(({ id }) => id === ids.received)).toMatchObject({
      title: 'From gamma',
      friend: { displayName: 'a former friend' },
    });
    expect((await api.friends.list()).friends.map(({ username }) => username)).not.toContain('gamma');
  });

  it('a letter on its way fails with a reason, and its words stay', async () => {
    world.clock.advance(MINUTE);
    await world.sweep();
    const letter = await (await world.as(beta)).inClear.readLetter({ id: ids.onItsWay });
    expect(letter).toMatchObject({ status: 'failed', failureReason: 'receiver-gone' });
    expect(letter.content?.title).toBe('Too late');
  });

  it('a draft to them keeps its words, and a new letter is refused kindly', async () => {
    const api = await world.as(beta);
    expect(await api.inClear.openDraft({ id: ids.draft })).toMatchObject({
      to: null,
      title: 'A draft',
      body: 'to gamma',
    });
    const sent = api.inClear.sendLetter({ letterId: newId(), to: 'gamma', title: 'Hello there', body: 'x' });
    expect(await refusalOf(sent)).toBe('forbidden');
  });

  it('letters of two who are both gone are gone, with their photos', async () => {
    const { stores } = world.container;
    expect(await stores.letters.findById(ids.ofBoth)).toBeNull();
    expect(await tracesOf(world, ids.ofBoth)).toEqual([]);
  });

  it('nothing is left of them but what friends need to read their own copies', async () => {
    expect(before).toEqual(
      expect.arrayContaining([
        ...[
          'auditEvents.userId',
          'emailChanges._id',
          'feedback.userId',
          'friendships.pairKey',
          'mobileCodes._id',
        ],
        ...[
          'noticeSettings._id',
          'passkeys.userId',
          'pendingLogIns.userId',
          'readings.readerId',
          'secondFactors._id',
          'sessions.userId',
        ],
        ...['storages._id', 'tokens.userId', 'users._id'],
      ]),
    );
    expect(await tracesOf(world, gammaId)).toEqual([
      'drafts.receiverId',
      'letters.authorId',
      'letters.receiverId',
      'photos.authorId',
      'retiredKeys.key',
      'retiredKeys.userId',
    ]);
    expect(await tracesOf(world, gamma.username)).toEqual([]);
    expect(await tracesOf(world, gamma.email)).toEqual([]);
    expect(await tracesOf(world, delta.email)).toEqual([]);
    for (const id of [ids.received, ids.sent]) {
      const letter = await world.container.stores.letters.findById(id);
      const own =
        letter?.authorId === gammaId
          ? [letter?.sealedForAuthor, letter?.authorHeading]
          : [letter?.sealedForReceiver, letter?.receiverHeading];
      expect(own.every((bytes) => !bytes?.length)).toBe(true);
    }
  });

  it('their name is nobody’s, and a newcomer gets none of their letters', async () => {
    const join = async (username: string) =>
      (await world.as(null)).accounts.join({
        username,
        email: 'new@example.test',
        password: 'lantern otter waltz',
        confirm: 'lantern otter waltz',
      });
    expect(await refusalOf(join('gamma'))).toBe('conflict');
    const newcomer = await makePerson(world, 'newgamma', { email: gamma.email });
    expect((await (await world.as(newcomer)).letters.inbox({})).letters).toEqual([]);
    expect(await refusalOf((await world.as(newcomer)).inClear.readLetter({ id: ids.received }))).toBe(
      'not-found',
    );
  });

  it('a reset link, a session and a verification link of theirs open nothing', async () => {
    await (await world.as(null)).accounts.requestReset({ email: delta.email });
    await world.settle();
    expect(await refusalOf((await world.as(gamma)).friends.list())).toBe('unauthenticated');
    expect(await mailsTo(delta)).not.toContain('Choose a new password');
  });

  it('when the friend goes, too, the last copies go', async () => {
    await (await deletionOf(beta)).ask(answers(beta));
    world.clock.advance(7 * DAY + 90_000);
    await sweepAccounts();
    for (const id of Object.values(ids)) expect(await tracesOf(world, id)).toEqual([]);
    expect(await tracesOf(world, 'a former friend')).toEqual([]);
    const { db } = world.container;
    expect(await db.orm.photos.all()).toEqual([]);
    expect(await db.orm.letters.all()).toEqual([]);
  });
});

it('of somebody who has written to nobody leaves nothing at all, no key either', async () => {
  const silent = await makePerson(world, 'silent');
  const id = await idOf('silent');
  // More than a page of a list.
  for (let n = 0; n < 23; n += 1) await world.container.stores.drafts.save(sampleDraft({ authorId: id }), 0);
  await (await deletionOf(silent)).ask(answers(silent));
  world.clock.advance(7 * DAY + 90_000);
  await sweepAccounts();
  expect(await idOf('silent')).toBe('');
  expect(await tracesOf(world, id)).toEqual([]);
});

it('never says a name or an address in the log', () => {
  const log = world.logLines.join('');
  for (const { email } of [alpha, beta]) expect(log).not.toContain(email);
  expect(log).not.toMatch(/job failed|attempt failed/);
});
