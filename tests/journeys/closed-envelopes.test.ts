import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVisitor, jpeg, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { befriendByForms, enter, writeByForm } from '#tests/support/journey-visitors.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

let world: ServedInstallation;
let beta: Visitor;
let letterId: string;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  const alpha = createVisitor(world.url);
  beta = createVisitor(world.url);
  await enter(world, alpha, 'alpha');
  await enter(world, beta, 'beta');
  await befriendByForms(alpha, beta, 'alpha');
  const photos = [jpeg(await makePhoto(1, { width: 64, height: 48 }))];
  letterId = await writeByForm(alpha, 'send', { to: 'beta', title: 'Not yet', body: 'Wait.', photos });
  await world.settle();
});
afterAll(() => world.close());

const addresses = () => {
  const letter = `/letters/${letterId}`;
  const procedure = `/api/trpc/letters.read?input=${encodeURIComponent(JSON.stringify([{ id: 1 }, letterId]))}`;
  return [letter, `${letter}.data`, `${letter}/photos/0/view`, `${letter}/photos/0/view.data`, procedure];
};
const stateOfLetter = async () => (await world.container.stores.letters.findById(letterId))?.status;

describe('an envelope stays closed', () => {
  it('when a program asks with HEAD whether the letter is there', async () => {
    for (const address of addresses()) {
      const answer = await beta.ask(address, { method: 'HEAD' });
      expect([200, 204], address).toContain(answer.status);
      expect(answer.text).toBe('');
      expect(await stateOfLetter(), address).toBe('delivered');
    }
    const unknown = await beta.ask(`/letters/${'f'.repeat(24)}`, { method: 'HEAD' });
    expect(unknown.status).toBe(404);
  });

  it.each([
    { 'sec-purpose': 'prefetch' },
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'x-purpose': 'preview' },
    { 'x-moz': 'prefetch' },
  ])('when a browser fetches it ahead of whoever might open it: %j', async (headers) => {
    for (const address of addresses()) {
      const answer = await beta.get(address, headers);
      expect(answer.status, address).toBe(503);
      expect(answer.headers['cache-control'], address).toContain('no-store');
      expect(await stateOfLetter(), address).toBe('delivered');
    }
  });

  it('until somebody opens it', async () => {
    expect((await beta.get(`/letters/${letterId}`)).text).toContain('Wait.');
    expect(await stateOfLetter()).toBe('read');
  });
});

describe('what is the same for everybody', () => {
  it('may be fetched ahead', async () => {
    const script = /\/assets\/[\w.-]+\.js/.exec((await beta.get('/about')).text)?.[0] ?? '';
    expect((await beta.get(script, { 'sec-purpose': 'prefetch' })).status).toBe(200);
  });
});
