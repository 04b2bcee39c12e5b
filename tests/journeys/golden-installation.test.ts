import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPhoto, type PhotoVariant } from '#core/crypto/index.ts';
import { openStampView } from '#core/letters/open-letter-view.ts';
import { type GoldenLetter, unpackGoldenInstallation } from '#tests/support/golden-installation.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { confirmTwoWords, logIn } from '#tests/support/journey-people.ts';
import { sealedPerson } from '#tests/support/sealed-person.ts';

// A database of 2026, with letters and drafts that were sealed by the server and in a browser. Whatever changes, it is still
// there for who wrote them and who got them, wherever they open them. If a test here fails, a format has changed: never
// make the file anew; the code has to go on reading it.

const golden = await unpackGoldenInstallation();
let world: Installation;
beforeAll(async () => {
  world = await openInstallation({ dataDir: golden.dataDir, env: golden.env, rateLimits: false });
});
afterAll(() => world.close());

const sizes: PhotoVariant[] = ['full', 'preview'];
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function personNamed(username: string) {
  const password = golden.people.find((person) => person.username === username)?.password;
  return { token: await logIn(world, username, password) };
}

/** What the server opens while it answers. */
async function openedByServer(username: string, { id, photos }: GoldenLetter, kind: 'letters' | 'drafts') {
  const api = await world.as(await personNamed(username));
  const content =
    kind === 'letters' ? (await api.inClear.readLetter({ id })).content : await api.inClear.openDraft({ id });
  const stamp = await api.inClear.stamp({ id }).catch(() => null);
  const hashes = photos.map((_, n) =>
    Promise.all(
      sizes.map(async (size) => {
        const open = kind === 'letters' ? api.inClear.photo : api.inClear.draftPhoto;
        return hashOf((await open({ id, n, size })).bytes);
      }),
    ),
  );
  return { content, stamp: stamp && hashOf(stamp.bytes), hashes: await Promise.all(hashes) };
}

/** What a browser opens of what it is given sealed. */
async function openedOutside(username: string, { id, photos }: GoldenLetter, kind: 'letters' | 'drafts') {
  const person = await sealedPerson(world, await personNamed(username));
  const read = kind === 'letters' ? (await person.read(id)).opened : await person.openDraft(id);
  if (!read) throw new Error('it does not open');
  const seals = (await person.api[kind].get({ id })) as { photos?: unknown; letter?: unknown };
  const { photos: list = [] } = (kind === 'letters' ? seals.letter : seals) as { photos?: Seal[] };
  const view = await person.api.stamps.get({ id }).catch(() => null);
  const stamp = view && (await openStampView(person.keys, view));
  const hashes = photos.map((_, n) =>
    Promise.all(
      sizes.map(async (size) => {
        const { bytes } = await person.api[kind].photo({ id, n, size });
        const seal = list[n];
        const ref = { letterId: id, photoId: seal?.photoId ?? '', variant: size };
        return hashOf(await openPhoto(read.key, ref, bytes, seal?.[`${size}Hash`]));
      }),
    ),
  );
  return { content: read.content, stamp: stamp && hashOf(stamp), hashes: await Promise.all(hashes) };
}

interface Seal {
  photoId: string;
  fullHash: string;
  previewHash: string;
}

const expectedOf = ({ title, body, photos, stamp }: GoldenLetter) => ({
  content: { title, body, photos: photos.map(({ caption }) => expect.objectContaining({ caption })) },
  stamp: stamp ?? null,
  hashes: photos.map(({ full, preview }) => [full, preview]),
});

describe.each(golden.letters)('the letter “$title”, sealed by the $by', (letter) => {
  it.each([letter.author, letter.receiver])(
    'opens for %s in the server and outside of it',
    async (reader) => {
      for (const open of [openedByServer, openedOutside])
        expect(await open(reader, letter, 'letters')).toMatchObject(expectedOf(letter));
    },
  );

  it('has its title in the list of who sent it', async () => {
    const author = (await world.as(await personNamed(letter.author))).inClear;
    expect((await author.sent()).letters).toContainEqual(
      expect.objectContaining({ id: letter.id, title: letter.title }),
    );
  });
});

describe.each(golden.drafts)('the draft “$title”, sealed by the $by', (draft) => {
  it('opens for its author in the server and outside of it, with the idea for its stamp', async () => {
    for (const open of [openedByServer, openedOutside])
      expect(await open(draft.author, draft, 'drafts')).toMatchObject(expectedOf(draft));
    const author = await personNamed(draft.author);
    const [inside, outside] = [await world.as(author), await sealedPerson(world, author)];
    expect((await inside.inClear.openDraft({ id: draft.id })).stampIdea).toBe(draft.stampIdea);
    expect((await outside.openDraft(draft.id)).stampIdea).toBe(draft.stampIdea);
  });
});

describe('the golden set', () => {
  it('has letters and drafts of both, with photos and painted stamps', () => {
    for (const by of ['server', 'browser'] as const) {
      const letters = golden.letters.filter((letter) => letter.by === by);
      expect(letters.map(({ author }) => author).sort()).toEqual(['alpha', 'alpha', 'beta']);
      expect(letters.filter(({ stamp }) => stamp)).toHaveLength(1);
      expect(letters.flatMap(({ photos }) => photos)).toHaveLength(3);
      expect(golden.drafts.filter((draft) => draft.by === by)).toHaveLength(1);
    }
  });

  it('gives a new password to the twelve words of then', async () => {
    const [alpha] = golden.people;
    const nobody = await world.as(null);
    await nobody.accounts.requestReset({ email: 'alpha@example.test' });
    await world.settle();
    const mail = (await world.mails()).findLast(({ to }) => to === 'alpha@example.test');
    const token = /\/reset\/([A-Za-z0-9_-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';
    const password = 'another lantern waltz';
    const words = alpha?.words.join(' ') ?? '';
    const reset = await nobody.accounts.resetPassword({ token, words, password, confirm: password });
    const fresh = (await (await world.as(reset)).accounts.recoveryPhrase()) ?? [];
    const api = await world.as({ token: await confirmTwoWords(world, { ...reset, words: fresh }) });
    const [letter] = golden.letters;
    expect((await api.inClear.readLetter({ id: letter?.id ?? '' })).content?.title).toBe(letter?.title);
  });
});
