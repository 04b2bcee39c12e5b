import { afterEach, describe, expect, it } from 'vitest';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';

let world: ServedInstallation;
afterEach(() => world.close());

const feedback = { subject: 'Again', message: 'The same once more.' };
const from = (address: string) => ({ 'x-forwarded-for': address });

/** How many of twelve, each with an address of its own, are taken. */
async function takenOf(addresses: string[]): Promise<number> {
  const visitor = createVisitor(world.url);
  let taken = 0;
  for (const address of addresses) {
    const { status } = await visitor.post('/feedback', feedback, from(address));
    if (status !== 429) taken += 1;
  }
  return taken;
}
const twelve = Array.from({ length: 12 }, (_, n) => `192.0.2.${n}`);

describe('without a trusted proxy', () => {
  it('nobody escapes a limit by a made-up address', async () => {
    world = await serveInstallation();
    expect(await takenOf(twelve)).toBe(10);
    countRepelled(2);
  });
});

describe('behind a trusted proxy', () => {
  it('each client has limits of its own, and none by putting addresses before its own', async () => {
    world = await serveInstallation({ env: { TRUST_PROXY: '1' } });
    expect(await takenOf(twelve)).toBe(12);
    const forged = twelve.map((address) => `${address}, 203.0.113.9`);
    expect(await takenOf(forged)).toBe(10);
    countRepelled(2);
  });

  it('a form matches the host that the browser asked for, and no other', async () => {
    world = await serveInstallation({
      appUrl: 'https://bff.example.test',
      env: { TRUST_PROXY: '127.0.0.0/8' },
    });
    const asked = {
      'x-forwarded-host': 'bff.example.test',
      'x-forwarded-proto': 'https',
      ...from('192.0.2.1'),
    };
    const visitor = createVisitor(world.url);
    const post = (origin: string, headers = {}) =>
      visitor.post('/feedback', feedback, { ...asked, origin, ...headers });
    expect((await post('https://bff.example.test')).status).toBe(302);
    expect((await post('https://evil.example.test')).status).toBe(403);
    expect((await post(world.url)).status).toBe(403);
    // Put there by whoever holds the line between this site and somebody who typed its name without https://.
    expect((await post('http://bff.example.test')).status).toBe(403);
    countRepelled(3);
    expect((await visitor.get('/dev/mailbox', { host: '127.0.0.1', ...from('127.0.0.1') })).status).toBe(404);
  });
});
