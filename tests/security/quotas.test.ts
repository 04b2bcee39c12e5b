import * as devalue from 'devalue';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { limits } from '#core/schemas/limits.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor, jpeg, type Visitor } from '#tests/support/http-client.ts';
import { callProcedure, refusalIn } from '#tests/support/http-procedures.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { befriendByForms, enter, logInByForm } from '#tests/support/journey-visitors.ts';
import { saveLargeDraft, uploadLargePhoto } from '#tests/support/large-drafts.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

/** What one account may store. */

const QUOTA = 20_000_000;
let world: ServedInstallation;
let alpha: Visitor;
let beta: Visitor;

beforeAll(async () => {
  world = await serveInstallation({ env: { ACCOUNT_QUOTA: '20 MB' } });
  [alpha, beta] = [createVisitor(world.url), createVisitor(world.url)];
  await enter(world, alpha, 'alpha');
  await enter(world, beta, 'beta');
  await befriendByForms(alpha, beta, 'alpha');
});
afterAll(() => world.close());

const storageOf = async (visitor: Visitor): Promise<{ used: number; quota: number }> => {
  const { text } = await callProcedure(visitor, { name: 'storage.read', type: 'query' }, undefined);
  return devalue.parse(JSON.parse(text).result.data);
};
const letter = (body: string, intent: string) => ({
  letterId: newId(),
  version: '0',
  to: 'beta',
  title: 'A letter',
  body,
  intent,
});

describe('storage', () => {
  let draftId: string;
  beforeEach(async () => {
    draftId = newId();
    expect((await saveLargeDraft(alpha, { draftId, textBytes: 1_000 })).status).toBe(200);
  });

  const empty = async () => {
    await callProcedure(alpha, { name: 'drafts.discard', type: 'mutation' }, { id: draftId });
    // The queue waits by its own clock.
    const used = async () => (await storageOf(alpha)).used;
    await expect.poll(used, { timeout: 100_000, interval: 500 }).toBeLessThan(1_000_000);
  };

  it('is not exceeded by many uploads at once, and is free again once the draft is deleted', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => uploadLargePhoto(alpha, draftId, newId())),
    );
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThanOrEqual(4);
    expect(refused.length).toBeLessThan(8);
    for (const answer of refused) expect([answer.status, refusalIn(answer)]).toEqual([413, 'too-large']);
    countRepelled(refused.length);
    const { used, quota } = await storageOf(alpha);
    expect(quota).toBe(QUOTA);
    expect(used).toBeGreaterThan(10_000_000);
    expect(used).toBeLessThanOrEqual(QUOTA);
    expect((await alpha.get('/settings')).text).toMatch(/1\d MB.*of.*20 MB.*used/s);
    await empty();
    expect((await uploadLargePhoto(alpha, draftId, newId())).status).toBe(404);
  });

  it('that is full refuses a photo by its name of what to do, keeps the words, and still takes the friend’s letter', async () => {
    const fill = () => uploadLargePhoto(alpha, draftId, newId(), 1_000_000);
    while ((await fill()).status === 200);
    while ((await uploadLargePhoto(alpha, draftId, newId(), 50_000)).status === 200);
    const saved = await alpha.upload('/write', letter('Words to keep.', 'save'), [
      jpeg(await makePhoto(7, { width: 900, height: 700 })),
    ]);
    expect(saved.status).toBe(400);
    expect(saved.text).toContain('Words to keep.');
    expect(saved.text).toMatch(/20 MB of storage is full/);

    const sent = letter('For a friend with a full house.', 'send');
    const answer = await beta.upload('/write', { ...sent, to: 'alpha' }, []);
    expect(answer.location).toBe(`/letters/${sent.letterId}/sent`);
    await world.settle();
    expect((await alpha.get('/inbox')).text).toContain(sent.letterId);
    countRepelled(2);
  });
});

describe('drafts', () => {
  it('are as many as one may have: the next is refused, its words are kept, and one fewer makes room', async () => {
    const before = (await world.container.stores.drafts.count(await idOf('alpha'), limits.drafts)) ?? 0;
    const ids: string[] = [];
    for (let n = before; n < limits.drafts; n += 1) {
      const draftId = newId();
      ids.push(draftId);
      expect((await saveLargeDraft(alpha, { draftId, textBytes: 1_000 })).status).toBe(200);
    }
    const next = await saveLargeDraft(alpha, { textBytes: 1_000 });
    expect([next.status, refusalIn(next)]).toEqual([413, 'too-large']);
    const form = letter('One draft too many.', 'save');
    const refused = await alpha.upload('/write', form, []);
    expect(refused.status).toBe(413);
    expect(refused.text).toContain('One draft too many.');
    expect(refused.text).toContain('Send or delete one');
    countRepelled(2);
    // The same draft again is no new one.
    expect((await saveLargeDraft(alpha, { draftId: ids[0], version: 1, textBytes: 2_000 })).status).toBe(200);
    await alpha.post('/drafts', { discard: ids[0] ?? '' });
    expect((await alpha.upload('/write', form, [])).status).toBe(302);
    // Many at once do not get past the bound.
    await alpha.post('/drafts', { discard: ids[1] ?? '' });
    await Promise.all(Array.from({ length: 6 }, () => saveLargeDraft(alpha, { textBytes: 1_000 })));
    const { drafts } = world.container.stores;
    expect(await drafts.count(await idOf('alpha'), limits.drafts + 9)).toBeLessThanOrEqual(limits.drafts);
    countRepelled();
  });
});

describe('log-ins and what happened', () => {
  it('give way to newer ones', async () => {
    const userId = await idOf('beta');
    const { sessions, audit } = world.container.stores;
    const first = (await sessions.listByUser(userId)).map(({ id }) => id);
    for (let n = 0; n < limits.sessions; n += 1) {
      world.clock.advance(MINUTE);
      await logInByForm(createVisitor(world.url), 'beta');
    }
    const left = await sessions.listByUser(userId);
    expect(left).toHaveLength(limits.sessions);
    for (const { id } of left) expect(first).not.toContain(id);
    expect((await beta.get('/inbox')).status).toBe(302);
    countRepelled();

    await audit.forgetOldest(userId, 5);
    const { items } = await audit.list(userId, { limit: 100 });
    expect(items).toHaveLength(5);
  });

  it('are told of by so many events and no more, whoever keeps on logging in', async () => {
    const userId = await idOf('beta');
    const { audit } = world.container.stores;
    const at = world.container.now();
    const old = {
      userId,
      kind: 'logged-in',
      device: '',
      address: '',
      at,
      expiresAt: new Date(8e15),
    } as const;
    for (let n = 0; n < limits.events; n += 1) await audit.insert({ ...old, id: newId() });
    for (let n = 0; n < 3; n += 1) {
      world.clock.advance(MINUTE);
      await logInByForm(createVisitor(world.url), 'beta');
    }
    const count = async () => (await audit.list(userId, { limit: 2 * limits.events })).items.length;
    await expect.poll(count).toBe(limits.events);
    const [newest] = (await audit.list(userId, { limit: 1 })).items;
    expect(newest?.at.getTime()).toBeGreaterThan(at.getTime());
    countRepelled();
  });
});

async function idOf(username: string): Promise<string> {
  const user = await world.container.stores.users.findByUsername(username);
  if (!user) throw new Error(`there is no ${username}`);
  return user.id;
}
