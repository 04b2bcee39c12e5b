import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { limits } from '#core/schemas/limits.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import type { Visitor } from '#tests/support/http-client.ts';
import { callInBatch, callProcedure, pathOf } from '#tests/support/http-procedures.ts';
import { largeDraft, saveLargeDraft } from '#tests/support/large-drafts.ts';
import { type RawClient, sendAhead } from '#tests/support/raw-client.ts';
import type { Attack } from '#tests/support/siege.ts';

/** A draft of each attacker, with photos as large as they may be. */
const drafts = new Map<Visitor, string>();
const PHOTOS = 3;
const photo = (visitor: Visitor, n: number) => ({ id: drafts.get(visitor), n: n % PHOTOS, size: 'full' });
const sealedPhoto = { name: 'drafts.photo', type: 'query' };
const address = (visitor: Visitor, n: number) => `/drafts/${drafts.get(visitor)}/photos/${n % PHOTOS}`;

const slowReaders: RawClient[] = [];

/** The same call so many times in one request, its inputs as short as they can be. */
const batchOf = (name: string, count: number, input: unknown) => {
  const path = Array.from({ length: count }, () => name).join(',');
  const inputs = Object.fromEntries(Array.from({ length: count }, (_, n) => [n, input]));
  return `/api/trpc/${path}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`;
};

export const answers: Attack[] = [
  {
    name: 'two hundred megabytes asked for in one request',
    async run({ attackers, flood }) {
      for (const visitor of attackers) drafts.set(visitor, await largeDraft(visitor, PHOTOS));
      const statuses = await flood([30, 60, 90], async (visitor, count) => {
        const answer = await visitor.get(batchOf('drafts.photo', count, '[1]'));
        expect(answer.bytes.length).toBeLessThan(5_000);
        return answer.status;
      });
      // 431: the request itself is too long.
      for (const status of statuses) expect([400, 431]).toContain(status);
      countRepelled(statuses.length);
    },
  },
  {
    name: 'dear procedures by the hundred in one request',
    async run({ flood }) {
      const cases = [batchOf('exports.account', 600, 0), batchOf('accounts.me', 1_000, 0)];
      const long = await flood(cases, (visitor, path) => visitor.get(path));
      const short = await flood(['exports.account', 'accounts.me'], (visitor, name) =>
        visitor.get(`/api/trpc/${Array.from({ length: 200 }, () => name).join(',')}?batch=1`),
      );
      for (const { status } of [...long, ...short]) expect([400, 431]).toContain(status);
      countRepelled(long.length + short.length);
    },
  },
  {
    name: 'dear procedures in as many requests as one can make',
    async run({ attackers }) {
      const statuses = await Promise.all(
        attackers.flatMap((visitor) => [
          ...Array.from({ length: 20 }, () =>
            callInBatch(
              visitor,
              { name: 'accounts.me', type: 'query' },
              Array.from({ length: limits.callsPerBatch }, () => undefined),
            ).catch(() => [429]),
          ),
          ...Array.from({ length: 70 }, async () => [
            (await callProcedure(visitor, { name: 'exports.account', type: 'query' }, undefined)).status,
          ]),
        ]),
      );
      for (const status of statuses.flat()) expect([200, 429, 503]).toContain(status);
      expect(statuses.flat()).toContain(429);
      countRepelled();
    },
  },
  {
    name: 'the largest photos, many at once',
    async run({ attackers }) {
      const statuses = await Promise.all(
        attackers.flatMap((visitor) =>
          Array.from({ length: 12 }, async (_, n) => {
            const asked =
              n % 2
                ? visitor.get(address(visitor, n))
                : callProcedure(visitor, sealedPhoto, photo(visitor, n));
            return (await asked).status;
          }),
        ),
      );
      for (const status of statuses) expect([200, 404, 429, 503]).toContain(status);
      countRepelled(statuses.length);
      for (const visitor of attackers) visitor.answers.length = 0;
    },
  },
  {
    name: 'pages of the largest drafts, many at once',
    async run({ attackers }) {
      for (const visitor of attackers) {
        for (let n = 0; n < 10; n += 1) expect((await saveLargeDraft(visitor, {})).status).toBe(200);
      }
      const statuses = await Promise.all(
        attackers.flatMap((visitor) =>
          Array.from({ length: 10 }, async () => {
            const list = { name: 'drafts.list', type: 'query' };
            return (await callProcedure(visitor, list, {})).status;
          }),
        ),
      );
      for (const status of statuses) expect([200, 429, 503]).toContain(status);
      countRepelled(statuses.length);
      for (const visitor of attackers) visitor.answers.length = 0;
    },
  },
  {
    name: 'readers who take nothing of what they asked for',
    async run({ attackers }) {
      for (const [n, visitor] of attackers.entries()) {
        for (let times = 0; times < 30; times += 1) {
          const path = times % 2 ? '/inbox' : pathOf(sealedPhoto, photo(visitor, times));
          slowReaders.push(sendAhead(visitor, [path], { from: `127.0.5.${n + 1}`, reading: false }));
        }
      }
      await wait(5_000);
      for (const client of slowReaders.splice(0)) client.end();
    },
  },
  {
    name: 'hundreds of requests sent ahead over one connection',
    async run({ attackers }) {
      const clients = attackers.flatMap((visitor) =>
        ['/inbox', '/drafts', '/api/trpc/accounts.me'].map((path) =>
          sendAhead(
            visitor,
            Array.from({ length: 400 }, () => path),
          ),
        ),
      );
      await Promise.all(clients.map(({ ended }) => ended));
      countRepelled(clients.length);
    },
  },
];
