import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { makeFriends, makePerson, startJoining, testPassword } from '#tests/support/journey-people.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { setUpApp } from '#tests/support/second-factor.ts';
import { type BffClient, BffError, createBffClient } from '../../client/node.ts';

let world: ServedInstallation;
let alpha: BffClient;
let beta: BffClient;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false, cheapPasswords: false });
  await makeFriends(world);
  const open = async (username: string) => {
    const client = createBffClient({ url: world.url });
    await client.logIn({ username, password: testPassword });
    return client;
  };
  [alpha, beta] = await Promise.all([open('alpha'), open('beta')]);
});
afterAll(() => world.close());

const refusalOf = async (work: Promise<unknown>): Promise<BffError> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof BffError)) throw error ?? new Error('not refused');
  return error;
};

async function firstOf<Item>(items: AsyncIterable<Item>): Promise<Item> {
  for await (const item of items) return item;
  throw new Error('the list is empty');
}

describe('a letter by the client', () => {
  it('is sealed with its photos on one side and opened on the other', async () => {
    const path = join(world.dataDir, 'lake.jpg');
    const camera = await sharp(await makePhoto(1, { width: 3000, height: 2000 }))
      .withExif({ IFD0: { Make: 'CameraOfAlpha' }, IFD3: { GPSLatitude: '1/1 2/1 3/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    await writeFile(path, camera);
    const stages: string[] = [];
    const { id } = await alpha.letters.send({
      to: 'beta',
      title: 'By a program',
      body: 'Dear beta,\r\n\r\nbeep.',
      photos: [
        { photo: path, caption: 'the lake', alt: 'A lake before the sun is up' },
        await makePhoto(2, { width: 300, height: 200 }),
      ],
      onProgress: ({ photo, stage }) => stages.push(`${photo} ${stage}`),
    });
    expect(stages).toEqual([
      ...[
        '1 preparing',
        '1 sealing',
        '1 sending',
        '1 sent',
        '2 preparing',
        '2 sealing',
        '2 sending',
        '2 sent',
      ],
      ...['0 sending', '0 sent'],
    ]);
    await world.settle();

    const listed = await firstOf(beta.letters.inbox());
    expect(listed).toMatchObject({ id, title: null, status: 'delivered', friend: { username: 'alpha' } });
    const letter = await beta.letters.open(id);
    expect(letter).toMatchObject({
      seal: 'opened',
      status: 'read',
      friendKey: { trust: 'pinned' },
      authorKeySeen: true,
    });
    expect(letter.content).toEqual({
      title: 'By a program',
      body: 'Dear beta,\n\nbeep.',
      photos: [
        { caption: 'the lake', alt: 'A lake before the sun is up', width: 1365, height: 2048 },
        { caption: '', alt: '', width: 300, height: 200 },
      ],
      stationery: { paper: 'white', ink: 'blue-black', face: 'type' },
    });
    const { bytes, mediaType } = await letter.photo(0);
    expect(mediaType).toBe('image/jpeg');
    const facts = await sharp(bytes).metadata();
    expect(facts).toMatchObject({ width: 1365, height: 2048 });
    expect(facts.exif).toBeUndefined();
    expect(Buffer.from(bytes).includes('CameraOfAlpha')).toBe(false);
    const preview = await sharp((await letter.photo(0, 'preview')).bytes).metadata();
    expect(preview.height).toBe(480);
    expect(await firstOf(beta.letters.inbox())).toMatchObject({ id, title: 'By a program', status: 'read' });
    expect(await firstOf(alpha.letters.sent())).toMatchObject({ id, title: 'By a program' });
    expect((await refusalOf(letter.photo(2))).code).toBe('not-found');
  });

  it('is opened by its author as well, and lists go on over their pages', async () => {
    const sent = [];
    for (let n = 0; n < 23; n += 1)
      sent.push((await beta.letters.send({ to: 'alpha', title: `Letter ${n}`, body: 'x' })).id);
    const listed = [];
    for await (const { id } of beta.letters.sent()) listed.push(id);
    expect(listed).toEqual(sent.toReversed());
    expect((await beta.letters.open(sent[0] ?? '')).content?.title).toBe('Letter 0');
    const exported = [];
    await world.settle();
    for await (const letter of alpha.export()) exported.push(letter.id);
    expect(exported).toEqual(expect.arrayContaining(sent));
  });
});

describe('the log-in', () => {
  it('is sealed: the session has no keys of it on the server, and goes on from what was saved', async () => {
    expect(await alpha.me()).toMatchObject({ username: 'alpha', mode: 'sealed' });
    const session = JSON.parse(JSON.stringify(alpha.session));
    const again = createBffClient({ url: world.url, session });
    expect((await firstOf(again.letters.sent())).title).toBe('By a program');
  });

  it('is refused for a wrong password, a name nobody has, and an account that is not ready', async () => {
    const nobody = createBffClient({ url: world.url });
    for (const username of ['alpha', 'nobody_here']) {
      const error = await refusalOf(nobody.logIn({ username, password: 'not the password' }));
      expect(error.code).toBe('unauthenticated');
    }
    await startJoining(world, 'newcomer');
    const error = await refusalOf(nobody.logIn({ username: 'newcomer', password: testPassword }));
    expect(error).toMatchObject({ code: 'incomplete', message: expect.stringContaining('recovery words') });
    expect(nobody.session).toBeNull();
  });

  it('does not derive a weak key because a server asks for one', async () => {
    const lying = createBffClient({
      url: world.url,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        return new Response((await response.text()).replace('65536', '8'), response);
      },
    });
    const asked = world.logLines.length;
    const error = await refusalOf(lying.logIn({ username: 'alpha', password: testPassword }));
    expect(error.code).toBe('damaged');
    expect(world.logLines.slice(asked).filter((line) => line.includes('logInSealed'))).toEqual([]);
  });
});

describe('what is refused', () => {
  it('has a code and the fields, before anything is sent', async () => {
    const before = world.logLines.length;
    const error = await refusalOf(alpha.letters.send({ to: 'beta', title: 'x'.repeat(81), body: '' }));
    expect(error).toMatchObject({
      code: 'invalid-input',
      fields: { title: expect.stringContaining('at most 80'), body: expect.stringContaining('empty') },
    });
    const thirteen = Array.from({ length: 13 }, () => new Uint8Array(1));
    const many = await refusalOf(
      alpha.letters.send({ to: 'beta', title: 'Many', body: 'x', photos: thirteen }),
    );
    expect(many.fields.photos).toContain('at most 12');
    expect(world.logLines.length).toBe(before);
  });

  it('is said of a friend who is none, a photo that is none, a letter that is not there', async () => {
    const to = await refusalOf(alpha.letters.send({ to: 'stranger', title: 'Hello', body: 'x' }));
    expect(to).toMatchObject({ code: 'forbidden' });
    const noPhoto = { to: 'beta', title: 'Hello', body: 'x', photos: [new TextEncoder().encode('%PDF-1.7')] };
    expect(await refusalOf(alpha.letters.send(noPhoto))).toMatchObject({
      code: 'invalid-input',
      fields: { photos: expect.stringContaining('document') },
    });
    expect((await refusalOf(alpha.letters.open('0'.repeat(24)))).code).toBe('not-found');
  });

  it('leaves what was written among the drafts', async () => {
    const photos = [await makePhoto(3, { width: 200, height: 100 }), new TextEncoder().encode('no photo')];
    await refusalOf(alpha.letters.send({ to: 'beta', title: 'Half sent', body: 'All my words.', photos }));
    const draft = await firstOf(alpha.drafts.list());
    expect(draft).toMatchObject({ title: 'Half sent', excerpt: 'All my words.', to: 'beta' });
    await alpha.drafts.discard(draft.id);
  });

  it('is a network that is away, a session that is over, a saved log-in that is none', async () => {
    const saved = alpha.session;
    if (!saved) throw new Error('nobody is logged in');
    const away = createBffClient({ url: 'http://127.0.0.1:9', session: saved });
    expect((await refusalOf(away.me())).code).toBe('network');
    expect((await refusalOf(createBffClient({ url: world.url }).letters.open('0'.repeat(24)))).code).toBe(
      'unauthenticated',
    );
    const ended = createBffClient({ url: world.url, session: { ...saved, token: 'A'.repeat(43) } });
    expect((await refusalOf(firstOf(ended.letters.inbox()))).code).toBe('unauthenticated');
    const broken = createBffClient({ url: world.url, session: { ...saved, masterKey: 'A'.repeat(43) } });
    expect((await refusalOf(broken.letters.open('0'.repeat(24)))).code).toBe('damaged');
  });

  it('is a key that has changed: nothing is sealed to it until it is trusted', async () => {
    const user = await world.container.stores.users.findByUsername('beta');
    const stranger = await world.container.stores.users.findByUsername('alpha');
    if (!user || !stranger) throw new Error('somebody is missing');
    const session = alpha.session;
    if (!session) throw new Error('nobody is logged in');
    // A server that hands out another key for beta.
    const lying = createBffClient({
      url: world.url,
      session,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (!String(input).includes('friends.keys')) return response;
        const text = await response.text();
        const encode = (key: Uint8Array) => Buffer.from(key).toString('base64');
        return new Response(
          text.replaceAll(encode(user.identityPublicKey), encode(stranger.identityPublicKey)),
          response,
        );
      },
    });
    const error = await refusalOf(lying.letters.send({ to: 'beta', title: 'Secret', body: 'x' }));
    expect(error.code).toBe('key-changed');
    expect((await lying.friends.safetyNumber('beta')).trust).toBe('changed');
    const { digits, trust } = await alpha.friends.safetyNumber('beta');
    expect(digits).toMatch(/^\d{60}$/);
    expect(trust).toBe('pinned');
    expect((await beta.friends.safetyNumber('alpha')).digits).toBe(digits);
  });
});

describe('an account with a second factor', () => {
  it('is asked for a code after the password, and only then hands out its keys', async () => {
    const gamma = await makePerson(world, 'gamma');
    const phone = await setUpApp(world, gamma);
    const client = createBffClient({ url: world.url });
    const person = { username: 'gamma', password: testPassword };
    expect((await refusalOf(client.logIn(person))).code).toBe('incomplete');
    expect((await refusalOf(client.logIn({ ...person, secondFactor: () => '12345' }))).code).toBe(
      'invalid-input',
    );
    const asked: string[] = [];
    const secondFactor = () => {
      asked.push('code');
      return phone.nextCode();
    };
    expect((await refusalOf(client.logIn({ ...person, password: 'not it', secondFactor }))).code).toBe(
      'unauthenticated',
    );
    expect(asked).toEqual([]);
    await client.logIn({ ...person, secondFactor });
    expect(asked).toEqual(['code']);
    expect(client.session?.username).toBe('gamma');
  });
});
