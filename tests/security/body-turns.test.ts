import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newLetterKey } from '#core/crypto/index.ts';
import { sealDraft } from '#core/drafts/seal-draft.ts';
import { newId } from '#core/id.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { callProcedure } from '#tests/support/http-procedures.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { logIn } from '#tests/support/journey-people.ts';
import { enter } from '#tests/support/journey-visitors.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { sealedPerson } from '#tests/support/sealed-person.ts';
import { createSlowClient } from '#tests/support/slow-clients.ts';

let world: ServedInstallation;
let alpha: Visitor;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  alpha = createVisitor(world.url);
  await enter(world, alpha, 'alpha');
  const { keys } = await sealedPerson(world, { token: await logIn(world, 'alpha') });
  const content = { title: '', body: words, photos: [] };
  const draft = { draftId: newId(), key: newLetterKey(), content, to: null, stampIdea: undefined };
  sealed = await sealDraft(keys, draft);
});
afterAll(() => world.close());

const words = 'x'.repeat(100_000);
let sealed: Awaited<ReturnType<typeof sealDraft>>;
const saveByCall = () =>
  callProcedure(
    alpha,
    { name: 'drafts.save', type: 'mutation' },
    { draftId: newId(), version: 0, photos: [], ...sealed },
  );
const saveByForm = () => alpha.post('/write', { id: newId(), version: '0', intent: 'save', body: words });

describe('large bodies of one account and address', () => {
  it('are all read, however many forms and calls come at once: none waits for another that waits for it', async () => {
    const calls = Array.from({ length: 20 }, saveByCall);
    const forms = Array.from({ length: 20 }, saveByForm);
    const statuses = (await Promise.all([...calls, ...forms])).map(({ status }) => status);
    for (const status of statuses) expect([200, 302]).toContain(status);
    expect(statuses).toHaveLength(40);
    countRepelled();
  }, 60_000);

  it('leave no turn behind when their senders go away half-way', async () => {
    const head = (path: string) =>
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n`;
    const beginnings = [
      `${head('/write')}Content-Length: 300000\r\n\r\nbody=${words}`,
      `${head('/api/trpc/drafts.save')}Content-Length: 300000\r\n\r\n${words}`,
      `${head('/api/trpc/photos.upload')}Transfer-Encoding: chunked\r\n\r\n186a0\r\n${words}\r\n`,
    ];
    const clients = beginnings.flatMap((first) =>
      Array.from({ length: 12 }, () => createSlowClient(world.url, { first, more: '' }, '127.0.0.1')),
    );
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    for (const client of clients) client.end();
    expect((await saveByCall()).status).toBe(200);
    expect((await saveByForm()).status).toBe(302);
    countRepelled(clients.length);
  }, 60_000);

  it('that are begun and never go on keep nobody else from sending photos', async () => {
    const gamma = createVisitor(world.url);
    await enter(world, gamma, 'gamma');
    const cookie = [...gamma.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const begun = (path: string, headers: string) =>
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nOrigin: ${world.url}\r\n${headers}\r\n\r\n`;
    const part = '--xx\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n'.padEnd(
      2_000,
      'x',
    );
    const chunk = `${part.length.toString(16)}\r\n${part}\r\n`;
    const multipart = `Cookie: ${cookie}\r\nContent-Type: multipart/form-data; boundary=xx\r\nTransfer-Encoding: chunked`;
    const beginnings = {
      '127.0.0.31': begun('/write', multipart) + chunk,
      '127.0.0.32': `${begun('/api/trpc/photos.upload', 'Content-Length: 13900000')}${'x'.repeat(2_000)}`,
    };
    const clients = Object.entries(beginnings).flatMap(([from, first]) =>
      Array.from({ length: 12 }, () => createSlowClient(world.url, { first, more: '' }, from)),
    );
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const form = { id: newId(), version: '0', intent: 'save', body: 'With a photo.' };
    const photo = {
      field: 'photos',
      name: 'a.jpg',
      type: 'image/jpeg',
      bytes: await makePhoto(7, { width: 1_600, height: 1_200 }),
    };
    // Those who have begun give way after ten seconds; two of them are ahead.
    expect((await alpha.upload('/write', form, [photo])).status).toBe(302);
    for (const client of clients) client.end();
    countRepelled(clients.length);
  }, 60_000);
});
