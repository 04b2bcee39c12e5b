import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { callProcedure } from '#tests/support/http-procedures.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { enter } from '#tests/support/journey-visitors.ts';
import { createSlowClient } from '#tests/support/slow-clients.ts';

let world: ServedInstallation;
let alpha: Visitor;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  alpha = createVisitor(world.url);
  await enter(world, alpha, 'alpha');
});
afterAll(() => world.close());

const words = 'x'.repeat(100_000);
const saveByCall = () =>
  callProcedure(
    alpha,
    { name: 'drafts.save', type: 'mutation' },
    { draftId: newId(), version: 0, body: words },
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
      `${head('/api/trpc/photos.uploadSealed')}Transfer-Encoding: chunked\r\n\r\n186a0\r\n${words}\r\n`,
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
});
