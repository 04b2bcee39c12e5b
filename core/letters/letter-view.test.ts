import { beforeAll, describe, expect, it, test } from 'vitest';
import type { AccountKeys } from '#core/account-keys.ts';
import { type Bytes, encodeUtf8, toBase64Url } from '#core/bytes.ts';
import {
  createIdentity,
  importMasterKey,
  letterHash,
  newLetterKey,
  newMasterKey,
  sealForSelf,
} from '#core/crypto/index.ts';
import { DAY, MINUTE } from '#core/durations.ts';
import { checkFriendKey, type PinKeeper, trustFriendKey } from '#core/friends/friend-key.ts';
import { openPins, type SealedPins } from '#core/friends/pins.ts';
import { newId } from '#core/id.ts';
import type { LetterApi } from '#core/letter-access.ts';
import { composeLetter } from '#core/letters/compose-letter.ts';
import type { LetterView } from '#core/letters/letter-view.ts';
import { nameLetters } from '#core/letters/name-letters.ts';
import { openLetter } from '#core/letters/open-letter.ts';
import { PinsBusy } from '#core/refusal.ts';
import { hasMotif, type StampMotif, stampMotifNames } from '#core/stamps/stamp-motifs.ts';

async function makeKeys(epoch = 0, userId = newId()): Promise<AccountKeys> {
  const raw = newMasterKey();
  const masterKey = await importMasterKey(raw);
  const { identity } = await createIdentity(raw, { userId, epoch });
  return { userId, epoch, masterKey, identity };
}

function keep(first: SealedPins = { pins: null, version: 0 }) {
  let kept = first;
  const keeper: PinKeeper = {
    load: async () => kept,
    save: async (pins, version, next) => {
      if (version !== kept.version) return false;
      kept = { pins, version: next };
      return true;
    },
    memory: null,
    now: () => 100,
  };
  return { keeper, now: () => kept };
}

const nameOf = (keys: AccountKeys) =>
  keys.userId === alpha.userId ? 'alpha' : keys.userId === beta.userId ? 'beta' : 'gamma';
const publicKeyOf = (keys: AccountKeys, username = nameOf(keys)) => ({
  userId: keys.userId,
  username,
  displayName: 'A name',
  publicKey: keys.identity.publicKey,
});

let alpha: AccountKeys;
let beta: AccountKeys;
let another: Awaited<ReturnType<typeof compose>>;
beforeAll(async () => {
  [alpha, beta] = await Promise.all([makeKeys(), makeKeys(2)]);
  another = await compose('Another one');
});

async function compose(title = 'Hello', stamp?: StampMotif) {
  return composeLetter(alpha, {
    letterId: newId(),
    to: { userId: beta.userId, epoch: beta.epoch, publicKey: beta.identity.publicKey },
    content: { title, body: 'How are you?', photos: [] },
    photos: [],
    key: newLetterKey(),
    createdAt: 1_764_000_000_000,
    stamp,
  });
}

async function viewFor(
  role: LetterView['role'],
  { letter }: Awaited<ReturnType<typeof compose>>,
  change: Partial<LetterView> = {},
): Promise<LetterView> {
  const friend = role === 'author' ? beta : alpha;
  return {
    letter,
    role,
    author: { username: 'alpha', displayName: 'Alpha' },
    receiver: { username: 'beta', displayName: 'Beta' },
    status: 'delivered',
    failureReason: null,
    sentAt: new Date(0),
    deliverAt: null,
    deliveredAt: new Date(1),
    readAt: null,
    stampSeed: await letterHash(letter),
    stampPainted: false,
    position: 0,
    starred: false,
    archived: false,
    authorPublicKey: alpha.identity.publicKey,
    friend: publicKeyOf(friend),
    pins: { pins: null, version: 0 },
    ...change,
  };
}

function deskOf(pins?: SealedPins) {
  const { keeper, now } = keep(pins);
  const marked: { letterId: string; heading: Bytes }[] = [];
  const markRead = async ({ id: letterId, heading }: { id: string; heading: Bytes }) => {
    marked.push({ letterId, heading });
    return { readAt: new Date(5) };
  };
  const api = {
    letters: { markRead: { mutate: markRead } },
    friends: {
      pins: { query: keeper.load },
      savePins: {
        mutate: async ({ pins: saved, version, next }: { pins: Bytes; version: number; next: number }) => ({
          saved: await keeper.save(saved, version, next),
        }),
      },
    },
  } as unknown as LetterApi;
  return { desk: { api, memory: keeper.memory, now: keeper.now }, marked, now };
}

test.each(stampMotifNames)('a letter is sealed until its hash draws a %s', async (stamp) => {
  const { letter } = await compose('Hello', stamp);
  expect(hasMotif(await letterHash(letter), stamp)).toBe(true);
});

describe('a letter that the server hands out sealed', () => {
  it('is read by its receiver: opened, recorded with a title of their own, and the author’s key remembered', async () => {
    const sealed = await compose();
    const { desk, marked, now } = deskOf();
    const view = await viewFor('receiver', sealed);
    const { letter } = await openLetter({ keys: beta, ...desk }, view.letter.letterId, view);
    expect(letter).toMatchObject({
      id: sealed.letter.letterId,
      seal: 'opened',
      status: 'read',
      readAt: new Date(5),
      friendKey: { trust: 'pinned' },
      authorKeySeen: true,
      content: { title: 'Hello', body: 'How are you?', photos: [] },
    });
    expect(marked).toHaveLength(1);
    const own = { id: letter.id, role: 'receiver' as const, starred: false };
    const listed = { ...own, friend: view.author, at: new Date(0), status: 'read' as const };
    const { letters } = await nameLetters(beta, {
      letters: [
        {
          ...listed,
          deliverAt: null,
          failureReason: null,
          heading: marked[0]?.heading ?? null,
          stampSeed: '',
        },
      ],
      nextCursor: null,
    });
    expect(letters[0]?.title).toBe('Hello');
    expect(Object.keys((await openPins(beta, now()))?.pins ?? {})).toEqual([alpha.userId]);
  });

  it('wears the stamp that its own bytes draw, whatever seed the server names', async () => {
    const sealed = await compose();
    for (const stampSeed of ['0'.repeat(64), await letterHash((await compose()).letter), 'no hash']) {
      const view = await viewFor('receiver', sealed, { stampSeed });
      const { letter } = await openLetter({ keys: beta, ...deskOf().desk }, view.letter.letterId, view);
      expect(letter.stampSeed).toBe(await letterHash(sealed.letter));
    }
  });

  it('is read by its author, and that records nothing', async () => {
    const { desk, marked } = deskOf();
    const view = await viewFor('author', await compose());
    const { letter } = await openLetter({ keys: alpha, ...desk }, view.letter.letterId, view);
    expect(letter).toMatchObject({ seal: 'opened', status: 'delivered', content: { title: 'Hello' } });
    expect(marked).toEqual([]);
  });

  it('carries nothing sealed into what the page shows', async () => {
    const view = await viewFor('receiver', await compose());
    const { letter } = await openLetter({ keys: beta, ...deskOf().desk }, view.letter.letterId, view);
    expect(Object.keys(letter)).not.toEqual(expect.arrayContaining(['letter']));
    expect(letter).not.toHaveProperty('pins');
    expect(letter).not.toHaveProperty('authorPublicKey');
  });

  it.each<[string, (view: LetterView) => Partial<LetterView>, string]>([
    ['the author’s key is another’s', () => ({ authorPublicKey: beta.identity.publicKey }), 'damaged'],
    ['there is no key of the author’s', () => ({ authorPublicKey: null }), 'damaged'],
    ['it names another author', (view) => ({ letter: { ...view.letter, authorId: newId() } }), 'damaged'],
    ['it was sealed at another time', (view) => ({ letter: { ...view.letter, createdAt: 1 } }), 'damaged'],
    ['a photo was put in', (view) => ({ letter: { ...view.letter, photos: [photo] } }), 'damaged'],
    ['it is whole, and not the one that was asked for', () => ({ letter: another.letter }), 'damaged'],
    ['it is said to be one’s own', () => ({ role: 'author' as const }), 'damaged'],
    ['it is for keys of before', (view) => ({ letter: { ...view.letter, receiverEpoch: 1 } }), 'locked'],
  ])('shows nothing, and records nothing, when %s', async (_what, change, seal) => {
    const { desk, marked } = deskOf();
    const view = await viewFor('receiver', await compose());
    const changed = { ...view, ...change(view) };
    const { letter, opened } = await openLetter({ keys: beta, ...desk }, view.letter.letterId, changed);
    expect({ seal: letter.seal, content: letter.content, opened }).toEqual({
      seal,
      content: null,
      opened: null,
    });
    expect(marked).toEqual([]);
  });

  it('has the time its author gave it, where the server tells another by more than a day', async () => {
    const sealed = await compose();
    const { createdAt, letterId } = sealed.letter;
    const sentAt = async (told: number) => {
      const view = await viewFor('receiver', sealed, { sentAt: new Date(told) });
      return (await openLetter({ keys: beta, ...deskOf().desk }, letterId, view)).letter.sentAt.getTime();
    };
    expect(await sentAt(createdAt + MINUTE)).toBe(createdAt + MINUTE);
    expect(await sentAt(createdAt + 90 * DAY)).toBe(createdAt);
    expect(await sentAt(0)).toBe(createdAt);
  });
});

const photo = { photoId: 'f'.repeat(24), fullHash: '0'.repeat(64), previewHash: '1'.repeat(64) };

describe('the key of a friend', () => {
  it('is trusted at first sight, told when it is another, and trusted again when the person says so', async () => {
    const { keeper } = keep();
    const other = await makeKeys(1, alpha.userId);
    expect(await checkFriendKey(beta, keeper, publicKeyOf(alpha))).toMatchObject({ trust: 'pinned' });
    expect(await checkFriendKey(beta, keeper, publicKeyOf(other))).toMatchObject({ trust: 'changed' });
    await trustFriendKey(beta, keeper, publicKeyOf(other), 7);
    expect(await checkFriendKey(beta, keeper, publicKeyOf(other))).toMatchObject({ trust: 'verified' });
    expect(await checkFriendKey(beta, keeper, publicKeyOf(alpha))).toMatchObject({ trust: 'changed' });
  });

  it('of an old letter stays known after they have new ones, and a key that was never trusted is told', async () => {
    const { keeper, now } = keep();
    const renewed = await makeKeys(1, alpha.userId);
    await checkFriendKey(beta, keeper, publicKeyOf(alpha));
    await trustFriendKey(beta, keeper, publicKeyOf(renewed), null);
    const view = await viewFor('receiver', await compose(), { friend: publicKeyOf(renewed), pins: now() });
    expect(
      (await openLetter({ keys: beta, ...deskOf(now()).desk }, view.letter.letterId, view)).letter,
    ).toMatchObject({
      friendKey: { trust: 'pinned' },
      authorKeySeen: true,
    });
    const onlyNew = keep();
    await checkFriendKey(beta, onlyNew.keeper, publicKeyOf(renewed));
    const pins = onlyNew.now();
    expect(
      (await openLetter({ keys: beta, ...deskOf(pins).desk }, view.letter.letterId, { ...view, pins }))
        .letter,
    ).toMatchObject({
      friendKey: { trust: 'pinned' },
      authorKeySeen: false,
      // Sealed in the same moment: it cannot be from before the key that is known.
      authorKeyIsLater: true,
    });
  });

  it('is saved over what another device saved in between, and given up when that never ends', async () => {
    const { keeper, now } = keep();
    const gamma = await makeKeys();
    let raced = false;
    const racing: PinKeeper = {
      ...keeper,
      async save(pins, version, next) {
        if (!raced) {
          raced = true;
          await checkFriendKey(beta, keeper, publicKeyOf(gamma));
        }
        return keeper.save(pins, version, next);
      },
    };
    await checkFriendKey(beta, racing, publicKeyOf(alpha));
    expect(Object.keys((await openPins(beta, now()))?.pins ?? {}).sort()).toEqual(
      [alpha.userId, gamma.userId].sort(),
    );
    const never: PinKeeper = { ...keep().keeper, save: async () => false };
    await expect(checkFriendKey(beta, never, publicKeyOf(alpha))).rejects.toThrow(PinsBusy);
  });

  it('belongs to one name: neither another account under it nor another name for it is taken silently', async () => {
    const { keeper, now } = keep();
    await checkFriendKey(beta, keeper, publicKeyOf(alpha));
    const stranger = await makeKeys();
    expect(await checkFriendKey(beta, keeper, publicKeyOf(stranger, 'alpha'))).toMatchObject({
      trust: 'changed',
    });
    expect(await checkFriendKey(beta, keeper, publicKeyOf(alpha, 'gamma'))).toMatchObject({
      trust: 'changed',
    });
    expect(await checkFriendKey(beta, keeper, publicKeyOf(alpha))).toMatchObject({ trust: 'pinned' });
    // A letter of the stranger’s, which the server shows as alpha’s.
    const view = await viewFor('receiver', await compose(), {
      author: { username: 'gamma', displayName: 'Alpha' },
      pins: now(),
    });
    const { letter } = await openLetter({ keys: beta, ...deskOf(now()).desk }, view.letter.letterId, view);
    expect(letter.authorKeySeen).toBe(false);

    await trustFriendKey(beta, keeper, publicKeyOf(stranger, 'alpha'), 7);
    expect(await checkFriendKey(beta, keeper, publicKeyOf(stranger, 'alpha'))).toMatchObject({
      trust: 'verified',
    });
    expect(await checkFriendKey(beta, keeper, publicKeyOf(alpha))).toMatchObject({ trust: 'changed' });
  });

  it('is given the name it is known by, where it was remembered before keys had one', async () => {
    const key = toBase64Url(alpha.identity.publicKey);
    const old = { [alpha.userId]: { key, verifiedAt: 7, earlier: ['x'] } };
    const older = await sealForSelf(beta.masterKey, 'pins', beta.userId, encodeUtf8(JSON.stringify(old)));
    const { keeper, now } = keep({ pins: older, version: 3 });
    expect(await checkFriendKey(beta, keeper, publicKeyOf(alpha))).toMatchObject({
      trust: 'verified',
      at: 7,
    });
    expect(await openPins(beta, now())).toMatchObject({
      bound: true,
      pins: { [alpha.userId]: { key, verifiedAt: 7, earlier: ['x'], username: 'alpha' } },
    });
    expect(now().version).toBe(4);
    await checkFriendKey(beta, keeper, publicKeyOf(alpha));
    expect(now().version).toBe(4);
  });

  it('cannot be told from another one by pins that do not authenticate, and they are left as they are', async () => {
    const { keeper, now } = keep();
    await checkFriendKey(beta, keeper, publicKeyOf(alpha));
    const spoilt = keep({ ...now(), pins: new Uint8Array(60).fill(1) });
    expect(await checkFriendKey(beta, spoilt.keeper, publicKeyOf(alpha))).toMatchObject({ trust: 'changed' });
    expect(spoilt.now().version).toBe(1);
    const view = await viewFor('receiver', await compose(), { pins: spoilt.now() });
    const { letter } = await openLetter(
      { keys: beta, ...deskOf(spoilt.now()).desk },
      view.letter.letterId,
      view,
    );
    expect(letter).toMatchObject({ friendKey: { trust: 'changed' }, authorKeySeen: false });
    await trustFriendKey(beta, spoilt.keeper, publicKeyOf(alpha), 7);
    expect(await checkFriendKey(beta, spoilt.keeper, publicKeyOf(alpha))).toMatchObject({
      trust: 'verified',
    });
  });
});
