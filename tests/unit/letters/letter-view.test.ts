import { beforeAll, describe, expect, it } from 'vitest';
import type { AccountKeys } from '#core/account-keys.ts';
import type { Bytes } from '#core/bytes.ts';
import {
  createIdentity,
  importMasterKey,
  letterHash,
  newLetterKey,
  newMasterKey,
} from '#core/crypto/index.ts';
import { checkFriendKey, type PinKeeper, PinsBusy, trustFriendKey } from '#core/friends/friend-key.ts';
import { openPins, type SealedPins } from '#core/friends/pins.ts';
import { newId } from '#core/id.ts';
import { composeLetter } from '#core/letters/compose-letter.ts';
import type { LetterView } from '#core/letters/letter-view.ts';
import { nameLetters } from '#core/letters/name-letters.ts';
import { readLetter } from '#core/letters/read-letter.ts';

async function makeKeys(epoch = 0, userId = newId()): Promise<AccountKeys> {
  const masterKey = await importMasterKey(newMasterKey());
  const { identity } = await createIdentity(masterKey, { userId, epoch });
  return { userId, epoch, masterKey, identity };
}

function keep(first: SealedPins = { pins: null, version: 0 }) {
  let kept = first;
  const keeper: PinKeeper = {
    load: async () => kept,
    save: async (pins, version) => {
      if (version !== kept.version) return false;
      kept = { pins, version: version + 1 };
      return true;
    },
  };
  return { keeper, now: () => kept };
}

const publicKeyOf = (keys: AccountKeys) => ({ userId: keys.userId, publicKey: keys.identity.publicKey });

let alpha: AccountKeys;
let beta: AccountKeys;
beforeAll(async () => {
  [alpha, beta] = await Promise.all([makeKeys(), makeKeys(2)]);
});

async function compose(title = 'Hello') {
  return composeLetter(alpha, {
    letterId: newId(),
    to: { userId: beta.userId, epoch: beta.epoch, publicKey: beta.identity.publicKey },
    content: { title, body: 'How are you?', photos: [] },
    photos: [],
    key: newLetterKey(),
    createdAt: 1_764_000_000_000,
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
    deliveredAt: new Date(1),
    readAt: null,
    stampSeed: await letterHash(letter),
    stampPainted: false,
    position: 0,
    authorPublicKey: alpha.identity.publicKey,
    friend: publicKeyOf(friend),
    pins: { pins: null, version: 0 },
    ...change,
  };
}

function deskOf(pins?: SealedPins) {
  const { keeper, now } = keep(pins);
  const marked: { letterId: string; heading: Bytes }[] = [];
  const markRead = async (letterId: string, heading: Bytes) => {
    marked.push({ letterId, heading });
    return new Date(5);
  };
  return { desk: { ...keeper, markRead }, marked, now };
}

describe('a letter that the server hands out sealed', () => {
  it('is read by its receiver: opened, recorded with a title of their own, and the author’s key remembered', async () => {
    const sealed = await compose();
    const { desk, marked, now } = deskOf();
    const view = await viewFor('receiver', sealed);
    const { letter } = await readLetter(beta, view, desk);
    expect(letter).toMatchObject({
      id: sealed.letter.letterId,
      seal: 'opened',
      status: 'read',
      readAt: new Date(5),
      friendKey: 'pinned',
      authorKeySeen: true,
      content: { title: 'Hello', body: 'How are you?', photos: [] },
    });
    expect(marked).toHaveLength(1);
    const listed = { id: letter.id, friend: view.author, at: new Date(0), status: 'read' as const };
    const { letters } = await nameLetters(beta, {
      letters: [{ ...listed, failureReason: null, heading: marked[0]?.heading ?? null, stampSeed: '' }],
      nextCursor: null,
    });
    expect(letters[0]?.title).toBe('Hello');
    expect(Object.keys(await openPins(beta, now().pins))).toEqual([alpha.userId]);
  });

  it('is read by its author, and that records nothing', async () => {
    const { desk, marked } = deskOf();
    const { letter } = await readLetter(alpha, await viewFor('author', await compose()), desk);
    expect(letter).toMatchObject({ seal: 'opened', status: 'delivered', content: { title: 'Hello' } });
    expect(marked).toEqual([]);
  });

  it('carries nothing sealed into what the page shows', async () => {
    const { letter } = await readLetter(beta, await viewFor('receiver', await compose()), deskOf().desk);
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
    ['it is for keys of before', (view) => ({ letter: { ...view.letter, receiverEpoch: 1 } }), 'locked'],
  ])('shows nothing, and records nothing, when %s', async (_what, change, seal) => {
    const { desk, marked } = deskOf();
    const view = await viewFor('receiver', await compose());
    const { letter, opened } = await readLetter(beta, { ...view, ...change(view) }, desk);
    expect({ seal: letter.seal, content: letter.content, opened }).toEqual({
      seal,
      content: null,
      opened: null,
    });
    expect(marked).toEqual([]);
  });
});

const photo = { photoId: 'f'.repeat(24), fullHash: '0'.repeat(64), previewHash: '1'.repeat(64) };

describe('the key of a friend', () => {
  it('is trusted at first sight, told when it is another, and trusted again when the person says so', async () => {
    const { keeper } = keep();
    const other = await makeKeys(1, alpha.userId);
    expect(await checkFriendKey(beta, keeper, publicKeyOf(alpha))).toBe('pinned');
    expect(await checkFriendKey(beta, keeper, publicKeyOf(other))).toBe('changed');
    await trustFriendKey(beta, keeper, publicKeyOf(other), 7);
    expect(await checkFriendKey(beta, keeper, publicKeyOf(other))).toBe('verified');
    expect(await checkFriendKey(beta, keeper, publicKeyOf(alpha))).toBe('changed');
  });

  it('of an old letter stays known after they have new ones, and a key that was never trusted is told', async () => {
    const { keeper, now } = keep();
    const renewed = await makeKeys(1, alpha.userId);
    await checkFriendKey(beta, keeper, publicKeyOf(alpha));
    await trustFriendKey(beta, keeper, publicKeyOf(renewed), null);
    const view = await viewFor('receiver', await compose(), { friend: publicKeyOf(renewed), pins: now() });
    expect((await readLetter(beta, view, deskOf(now()).desk)).letter).toMatchObject({
      friendKey: 'pinned',
      authorKeySeen: true,
    });
    const onlyNew = keep();
    await checkFriendKey(beta, onlyNew.keeper, publicKeyOf(renewed));
    const pins = onlyNew.now();
    expect((await readLetter(beta, { ...view, pins }, deskOf(pins).desk)).letter).toMatchObject({
      friendKey: 'pinned',
      authorKeySeen: false,
    });
  });

  it('is saved over what another device saved in between, and given up when that never ends', async () => {
    const { keeper, now } = keep();
    const gamma = await makeKeys();
    let raced = false;
    const racing: PinKeeper = {
      ...keeper,
      async save(pins, version) {
        if (!raced) {
          raced = true;
          await checkFriendKey(beta, keeper, publicKeyOf(gamma));
        }
        return keeper.save(pins, version);
      },
    };
    await checkFriendKey(beta, racing, publicKeyOf(alpha));
    expect(Object.keys(await openPins(beta, now().pins)).sort()).toEqual([alpha.userId, gamma.userId].sort());
    const never: PinKeeper = { load: async () => ({ pins: null, version: 0 }), save: async () => false };
    await expect(checkFriendKey(beta, never, publicKeyOf(alpha))).rejects.toThrow(PinsBusy);
  });

  it('counts as new when the pins were sealed under other keys', async () => {
    const { keeper } = keep();
    await checkFriendKey(alpha, keeper, publicKeyOf(beta));
    expect(await checkFriendKey(await makeKeys(9, alpha.userId), keeper, publicKeyOf(beta))).toBe('pinned');
  });
});
