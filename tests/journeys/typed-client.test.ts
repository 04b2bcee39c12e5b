import { createTRPCClient, httpBatchLink, httpLink, TRPCClientError } from '@trpc/client';
import * as devalue from 'devalue';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { maxSealedContent, PHOTO_VERSION } from '#core/crypto/index.ts';
import { newId } from '#core/id.ts';
import { encodePhotoUpload } from '#core/photos/photo-upload.ts';
import { limits } from '#core/schemas/limits.ts';
import { preparePhoto } from '#imaging/prepare-photo.ts';
import type { AppRouter } from '#server/router.ts';
import { inClearOver } from '#tests/support/in-clear.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { makeFriends, readAllPages, testPassword, logIn as tokenOf } from '#tests/support/journey-people.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { sealedPerson } from '#tests/support/sealed-person.ts';

const transformer = { serialize: devalue.stringify, deserialize: devalue.parse };

let world: ServedInstallation;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  await makeFriends(world);
});
afterAll(() => world.close());

/** A program of somebody’s own, as it would be on another machine: no cookie, the session in a header. */
function createClient(token?: string, link: typeof httpLink | typeof httpBatchLink = httpBatchLink) {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  return createTRPCClient<AppRouter>({
    links: [link({ url: `${world.url}/api/trpc`, transformer, headers, maxItems: limits.callsPerBatch })],
  });
}

async function logIn(username: string, link?: typeof httpLink) {
  const session = await createClient().accounts.logIn.mutate({ username, password: testPassword });
  if (session.outcome !== 'logged-in') throw new Error(`log-in ended with ${session.outcome}`);
  expectTypeOf(session.expiresAt).toEqualTypeOf<Date>();
  expect(session.expiresAt).toBeInstanceOf(Date);
  return createClient(session.token, link);
}

/** The same with the keys on the program's side. */
async function inClearOf(username: string) {
  const token = await tokenOf(world, username);
  const { keys } = await sealedPerson(world, { token });
  const access = { keys, api: createClient(token, httpLink), memory: null, now: () => Date.now() };
  return inClearOver(async () => access, preparePhoto);
}

const refusalOf = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TRPCClientError)) throw error ?? new Error('not refused');
  const { data } = error as TRPCClientError<AppRouter>;
  return { message: error.message, app: data?.app, status: data?.httpStatus, stack: data?.stack };
};

describe('a typed client', () => {
  it('may send a body without saying how long it is, up to the limit', async () => {
    const call = (text: string, path = 'accounts.logIn', from = {}) =>
      fetch(`${world.url}/api/trpc/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...from },
        body: new Blob([text]).stream(),
        duplex: 'half',
      } as RequestInit);
    const input = JSON.stringify(devalue.stringify({ username: 'alpha', password: testPassword }));
    const answer = await call(input);
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('logged-in')]);
    expect((await call('x'.repeat(2_000_001))).status).toBe(413);
    const photo = 'x'.repeat(14_000_001);
    const from = { authorization: `Bearer ${await tokenOf(world, 'alpha')}` };
    expect((await call(photo, 'photos.upload', from)).status).toBe(413);
    // Of a stranger it is not even read.
    expect((await call(photo, 'photos.upload')).status).toBe(401);
    for (const method of ['DELETE', 'OPTIONS']) {
      const empty = await fetch(`${world.url}/api/trpc/accounts.logIn`, { method });
      expect(empty.status, method).toBe(415);
    }
  });

  it('logs in, saves a draft with a photo, sends it, and the friend reads it', async () => {
    const alpha = await logIn('alpha', httpLink);
    expect(await alpha.accounts.me.query()).toMatchObject({ username: 'alpha', stage: 'full' });
    expect((await alpha.friends.list.query()).friends).toMatchObject([{ username: 'beta' }]);

    const letterId = newId();
    const words = { to: 'beta', title: 'By a program', body: 'Dear beta,\n\nbeep.' };
    const photo = await makePhoto(1, { width: 800, height: 600 });
    const inAlpha = await inClearOf('alpha');
    const saved = await inAlpha.saveDraft({
      draftId: letterId,
      version: 0,
      ...words,
      newPhotos: [photo],
      newCaptions: ['a hill'],
    });
    expect(saved).toMatchObject({
      version: 2,
      photoNotes: [],
      photos: [{ caption: 'a hill', width: 800 }],
    });
    expect(
      await inAlpha.sendLetter({
        letterId,
        ...words,
        captions: { [saved.photos[0]?.photoId ?? '']: 'a hill' },
      }),
    ).toEqual({ letterId });
    await world.settle();

    const beta = await logIn('beta');
    const [listed] = (await beta.letters.inbox.query({})).letters;
    expect(listed).toMatchObject({ id: letterId, heading: null, status: 'delivered' });
    const inBeta = await inClearOf('beta');
    const read = await inBeta.readLetter({ id: letterId });
    expect(read.content).toMatchObject({
      title: words.title,
      body: words.body,
      photos: [{ caption: 'a hill' }],
    });
    expect(read.sentAt).toBeInstanceOf(Date);
    const picture = await inBeta.photo({ id: letterId, n: 0, size: 'preview' });
    expect(picture.bytes).toBeInstanceOf(Uint8Array);
    expect([...picture.bytes.subarray(0, 2)]).toEqual([0xff, 0xd8]);
  });

  it('walks through all pages of a list', async () => {
    const [alpha, beta] = await Promise.all([inClearOf('alpha'), logIn('beta')]);
    const ids = Array.from({ length: 43 }, newId);
    await Promise.all(
      ids.map((letterId) => alpha.sendLetter({ letterId, to: 'beta', title: 'One of many', body: 'x' })),
    );
    await world.settle();
    const { items } = await readAllPages(async (cursor) => {
      const { letters, nextCursor } = await beta.letters.inbox.query({ cursor });
      return { items: letters, nextCursor };
    });
    expect(items.filter(({ id }) => ids.includes(id))).toHaveLength(43);
  });

  it('uploads a sealed photo as the bytes it is, as large as one may be, and no larger', async () => {
    const alpha = await logIn('alpha', httpLink);
    const [draftId, photoId] = [newId(), newId()];
    await (await inClearOf('alpha')).saveDraft({ draftId, version: 0, body: 'With a photo.' });
    const [full, preview] = [largestPhoto(limits.sealedPhotoBytes), largestPhoto(limits.sealedPreviewBytes)];
    const photoUpload = encodePhotoUpload({ draftId, photoId, full, preview });
    expect(await alpha.photos.upload.mutate(photoUpload)).toEqual({ photoId });
    const larger = encodePhotoUpload({
      draftId,
      photoId: newId(),
      full: largestPhoto(7_000_000),
      preview,
    });
    expect(await refusalOf(alpha.photos.upload.mutate(larger))).toMatchObject({
      status: 413,
      app: { code: 'too-large' },
    });
    expect(
      await refusalOf(createClient(undefined, httpLink).photos.upload.mutate(photoUpload)),
    ).toMatchObject({
      status: 401,
    });
  });

  it('sends several calls in one request, each with its own answer or refusal', async () => {
    const alpha = await logIn('alpha');
    const before = world.logLines.length;
    const [me, missing, code] = await Promise.allSettled([
      alpha.accounts.me.query(),
      alpha.friends.keys.query({ username: 'nobody_here' }),
      alpha.friends.myCode.query(),
    ]);
    expect(me).toMatchObject({ status: 'fulfilled', value: { username: 'alpha' } });
    expect(missing.status).toBe('rejected');
    expect(code).toMatchObject({
      status: 'fulfilled',
      value: { code: expect.stringMatching(/^[0-9A-Z]{10}$/) },
    });
    expect(world.logLines.slice(before).filter((line) => line.includes('/api/trpc/'))).toHaveLength(1);
  });

  it('gets refusals it can act on: a code, a sentence, the wrong fields, and nothing of the inside', async () => {
    const alpha = await logIn('alpha');
    const code = 'x'.repeat(200);
    expect(await refusalOf(alpha.friends.request.mutate({ code }))).toMatchObject({
      status: 400,
      stack: undefined,
      app: { code: 'invalid-input', fields: { code: expect.any(String) } },
    });
    expect(await refusalOf(alpha.friends.keys.query({ username: 'nobody_here' }))).toMatchObject({
      status: 403,
      app: { code: 'forbidden', fields: { to: expect.stringContaining('only write to friends') } },
    });
    expect(await refusalOf(alpha.letters.get.query({ id: newId() }))).toMatchObject({
      status: 404,
      app: { code: 'not-found' },
    });
    const [draftId, inAlpha] = [newId(), await inClearOf('alpha')];
    await inAlpha.saveDraft({ draftId, version: 0, body: 'one' });
    const again = inAlpha.saveDraft({ draftId, version: 0, body: 'two' });
    await expect(again).rejects.toMatchObject({ cause: { code: 'conflict' } });
    for (const client of [createClient(), createClient('A'.repeat(43)), createClient('nonsense')]) {
      expect(await refusalOf(client.letters.countNew.query())).toMatchObject({
        status: 401,
        app: { code: 'unauthenticated' },
      });
    }
  });

  it('is held to the inputs of the procedures before it is run', () => {
    const client = createClient();
    // @ts-expect-error an id is a text
    const _wrongInput = () => client.letters.get.query({ id: 7 });
    // @ts-expect-error there is no such procedure
    const _wrongName = () => client.letters.burn.mutate({});
    // @ts-expect-error what changes something is no query
    const _wrongKind = () => client.letters.send.query({});
    expectTypeOf(client.letters.inbox.query).returns.resolves.toHaveProperty('nextCursor');
    expect(client).toBeDefined();
  });

  it('is logged out for good when it says so', async () => {
    const alpha = await logIn('alpha');
    await alpha.accounts.logOut.mutate();
    expect(await alpha.accounts.me.query()).toBeNull();
  });
});

/** As long as a sealed photo within so many bytes can be; nothing opens it, and the server cannot know. */
function largestPhoto(maxBytes: number) {
  const overhead = 1 + 12 + 4 + 16;
  return new Uint8Array(overhead + maxSealedContent(maxBytes)).fill(PHOTO_VERSION);
}
