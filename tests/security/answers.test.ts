import { setTimeout as wait } from 'node:timers/promises';
import * as devalue from 'devalue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SealedDraftPage } from '#core/drafts/draft-view.ts';
import { limits } from '#core/schemas/limits.ts';
import { singleCalls } from '#core/schemas/single-calls.ts';
import { answerMemory } from '#server/memory/memory-budget.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { callInBatch, callProcedure, listProcedures, pathOf } from '#tests/support/http-procedures.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { enter } from '#tests/support/journey-visitors.ts';
import { largeDraft, saveLargeDraft } from '#tests/support/large-drafts.ts';
import { sendAhead } from '#tests/support/raw-client.ts';

/** What one request can make the server answer. */

let world: ServedInstallation;
let alpha: Visitor;
let draftId: string;

beforeAll(async () => {
  world = await serveInstallation();
  alpha = createVisitor(world.url);
  await enter(world, alpha, 'alpha');
  draftId = await largeDraft(alpha, 2);
});
afterAll(() => world.close());

const photo = (n: number) => ({ id: draftId, n, size: 'full' });
const sealedPhoto = { name: 'drafts.photo', type: 'query' };

describe('a batch', () => {
  it('holds so many calls and no more', async () => {
    const me = { name: 'accounts.me', type: 'query' };
    const asMany = Array.from({ length: limits.callsPerBatch }, () => undefined);
    expect(await callInBatch(alpha, me, asMany)).toEqual(asMany.map(() => 200));
    for (const count of [limits.callsPerBatch + 1, 600]) {
      const path = `/api/trpc/${Array.from({ length: count }, () => 'accounts.me').join(',')}?batch=1`;
      const { status, text } = await alpha.get(path);
      expect(status).toBe(400);
      expect(text.length).toBeLessThan(2_000);
    }
    countRepelled(2);
  });

  it('holds none of the calls that answer with bytes or with much else', async () => {
    expect(await callInBatch(alpha, sealedPhoto, [photo(0)])).toEqual([200]);
    const names = new Set(listProcedures().map(({ name }) => name));
    for (const name of singleCalls) {
      expect(names, name).toContain(name);
      if (name === 'photos.upload') continue;
      const { status, text } = await alpha.get(`/api/trpc/accounts.me,${name}?batch=1&input=%7B%7D`);
      expect(status, name).toBe(400);
      expect(text.length).toBeLessThan(3_000);
      countRepelled();
    }
    // Streamed, it is a batch all the same.
    const path = '/api/trpc/drafts.photo,drafts.photo?batch=1&input=%7B%7D';
    const streamed = await alpha.get(path, { 'trpc-accept': 'application/jsonl' });
    expect(streamed.bytes.length).toBeLessThan(3_000);
    countRepelled();
  });
});

describe('a large answer', () => {
  it.each([
    ['a call', () => callProcedure(alpha, sealedPhoto, photo(0))],
    ['a list', () => callProcedure(alpha, { name: 'drafts.list', type: 'query' }, {})],
    ['an address', () => alpha.get(`/drafts/${draftId}/photos/1`)],
  ])('of %s is made once there is memory for it, and smaller ones meanwhile', async (_, ask) => {
    // As much as all answers of a process may hold together.
    const others = await answerMemory.hold({ bytes: 40_000_000, arrived: () => null, evict: () => {} });
    const answer = ask();
    const isWaiting = () => Promise.race([answer.then(() => false), wait(2_000, true)]);
    expect(await isWaiting()).toBe(true);
    expect((await alpha.get('/settings')).status).toBe(200);
    others?.release();
    expect((await answer).status).not.toBe(503);
    countRepelled();
  });
});

describe('a page of drafts', () => {
  it('ends early when they are large, and the next one goes on', async () => {
    for (let n = 0; n < 6; n += 1) expect((await saveLargeDraft(alpha, {})).status).toBe(200);
    const sizes: number[] = [];
    let cursor: string | null = null;
    do {
      const answer = await callProcedure(
        alpha,
        { name: 'drafts.list', type: 'query' },
        cursor ? { cursor } : {},
      );
      expect(answer.bytes.length).toBeLessThan(2 * limits.draftPageBytes);
      const page: SealedDraftPage = devalue.parse(JSON.parse(answer.text).result.data);
      sizes.push(page.drafts.length);
      cursor = page.nextCursor;
    } while (cursor);
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(7);
  });
});

describe('one connection', () => {
  it('is answered in order when it asks ahead, and ended when it asks for too much', async () => {
    const few = sendAhead(alpha, ['/healthz', '/healthz', '/inbox']);
    await expect.poll(few.received).toBeGreaterThan(3_000);
    expect(few.lasted()).toBeNull();
    few.end();
    const many = sendAhead(
      alpha,
      Array.from({ length: 300 }, () => '/inbox'),
    );
    await many.ended;
    // Without a bound it would be ended, too: once all of them are answered and nothing more is asked.
    const page = (await alpha.get('/inbox')).bytes.length;
    expect(many.received()).toBeLessThan(100 * page);
    countRepelled();
  });
});

describe('an account', () => {
  it('is answered no more at once when it takes none of its answers, and nobody else waits for it', async () => {
    const path = pathOf(sealedPhoto, photo(0));
    const clients = Array.from({ length: 20 }, () => sendAhead(alpha, [path], { reading: false }));
    const isWaiting = async () => {
      const answered = alpha.get('/settings').then(() => false);
      return Promise.race([answered, wait(2_000, true)]);
    };
    await expect.poll(isWaiting, { timeout: 60_000 }).toBe(true);
    expect((await createVisitor(world.url).get('/login')).status).toBe(200);
    for (const client of clients) client.end();
    expect((await alpha.get('/settings')).status).toBe(200);
    countRepelled(clients.length);
  });
});
