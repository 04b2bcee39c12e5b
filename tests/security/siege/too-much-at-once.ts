import { expect } from 'vitest';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor } from '#tests/support/http-client.ts';
import { callWithJson } from '#tests/support/http-procedures.ts';
import * as hostile from '#tests/support/make-hostile-photos.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import type { Attack } from '#tests/support/siege.ts';
import { hostileJson } from '../hostile-values.ts';
import { upload } from './pictures.ts';

export const tooMuchAtOnce: Attack[] = [
  {
    name: 'ten thousand fields',
    async run({ flood }) {
      const many = Array.from({ length: 10_000 }, (_, n): [string, string] => [`f${n}`, 'x'.repeat(50)]);
      const answers = await flood(['/write', '/feedback', '/friends', '/login'], (visitor, path) =>
        visitor.post(path, many),
      );
      for (const { status } of answers) expect([302, 400, 401, 429]).toContain(status);
      countRepelled(answers.length);
    },
  },
  {
    name: 'letters of sixty megabytes',
    async run({ flood }) {
      const letter = await largeLetter();
      const answers = await flood([1, 2], (visitor) =>
        Promise.all([upload(visitor, letter), upload(visitor, letter)]),
      );
      for (const { status } of answers.flat()) expect([302, 400, 503]).toContain(status);
      countRepelled(answers.flat().length);
    },
  },
  {
    name: 'the largest calls',
    async run({ flood }) {
      const body = `"${'x'.repeat(13_000_000)}"`;
      const statuses = await flood(['drafts.save', 'photos.upload', 'accounts.logIn'], (visitor, name) =>
        // Who is told of the refusal before all was sent may find the connection closed.
        callWithJson(visitor, { name, type: 'mutation' }, body).catch(() => ({ status: 413 })),
      );
      for (const { status } of statuses) expect([400, 413, 415]).toContain(status);
      countRepelled(statuses.length);
    },
  },
  {
    name: 'calls that are small to send and dear to read',
    async run({ flood }) {
      const cases = Object.values(hostileJson).filter((json) => json.length > 0);
      for (const name of ['accounts.logIn', 'drafts.save', 'friends.request']) {
        const answers = await flood(cases, (visitor, json) =>
          callWithJson(visitor, { name, type: 'mutation' }, json),
        );
        for (const { status } of answers) expect([400, 401, 413, 429]).toContain(status);
        countRepelled(answers.length);
      }
    },
  },
  { name: 'passwords to derive', run: ({ app }) => deriveMany(app.url) },
  {
    name: 'the photos that take the most memory while they are decoded, beside the dearest passwords',
    async run({ app, flood }) {
      const largest = await hostile.largestAvif();
      const [answers] = await Promise.all([
        flood([largest, largest], (visitor, one) => upload(visitor, [one])),
        deriveMany(app.url),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([302, 302, 302, 302, 302, 302]);
      countRepelled(answers.length);
    },
  },
  {
    name: 'all of it at the same moment',
    async run({ app, attackers: [one, two, three] }) {
      const dear = await hostile.heavyPng(2_600, 2_600);
      if (!one || !two || !three) throw new Error('nobody there');
      const call = `"${'x'.repeat(13_000_000)}"`;
      const answers = await Promise.all([
        upload(one, [dear, dear]),
        upload(two, await largeLetter()),
        callWithJson(three, { name: 'photos.upload', type: 'mutation' }, call),
        deriveMany(app.url),
      ]);
      for (const answer of answers) expect([302, 400, 415, 503, undefined]).toContain(answer?.status);
      countRepelled(3);
    },
  },
];

/** Log-ins of many names from many places. */
async function deriveMany(url: string): Promise<void> {
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      createVisitor(url, { from: `127.0.4.${n + 1}` }).post('/login', {
        username: `nobody${n}`,
        password: 'x',
      }),
    ),
  );
  for (const { status } of answers) expect([401, 429, 503]).toContain(status);
  countRepelled(answers.length);
}

/** Three photos as large as they may be, of which most is nothing. */
async function largeLetter(): Promise<Uint8Array[]> {
  const large = new Uint8Array(20_000_000);
  large.set(await makePhoto(7, { width: 640, height: 480 }));
  return [large, large, large];
}
