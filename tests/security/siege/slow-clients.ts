import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { countRepelled } from '#tests/support/count-attacks.ts';
import type { Attack } from '#tests/support/siege.ts';
import { createSlowClient, type SlowClient, slownesses } from '#tests/support/slow-clients.ts';

const kinds: { kind: string; clients: SlowClient[] }[] = [];
const stillOpen = () => kinds.flatMap(({ clients }) => clients).filter((client) => client.lasted() === null);

/** Beginnings of requests whose bodies are sent but for their last bytes, by people who are not logged in. */
const halfSent = {
  'a photo without a length': chunked('/api/trpc/photos.upload', 13_500_000),
  'a call': announced('/api/trpc/accounts.logIn', 'application/json', 1_900_000),
  'a letter': announced('/write', 'application/x-www-form-urlencoded', 2_800_000),
};

function announced(path: string, type: string, bytes: number): string {
  return `${post(path)}Content-Type: ${type}\r\nContent-Length: ${bytes}\r\n\r\n${'x'.repeat(bytes - 10)}`;
}

function chunked(path: string, bytes: number): string {
  const head = `${post(path)}Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n`;
  return `${head}${bytes.toString(16)}\r\n${'x'.repeat(bytes)}\r\n`;
}

function post(path: string): string {
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n`;
}

export const halfSentBodies: Attack[] = Object.entries(halfSent).map(
  ([what, first], n): Attack => ({
    name: `many times ${what}, but for its end`,
    async run({ app }) {
      // The same bytes for all of them.
      const begun = Buffer.from(first);
      const clients = Array.from({ length: 50 }, (_, client) =>
        createSlowClient(app.url, { first: begun, more: '' }, `127.0.3.${4 * n + (client % 4)}`),
      );
      await wait(8_000);
      for (const client of clients) client.end();
      countRepelled(clients.length);
    },
  }),
);

export const slowClients: Attack[] = [
  {
    name: 'six hundred slow clients, of three addresses',
    async run({ app }) {
      for (const [n, [kind, words]] of Object.entries(slownesses).entries()) {
        const from = `127.0.2.${n + 1}`;
        const clients = Array.from({ length: 200 }, () => createSlowClient(app.url, words, from));
        kinds.push({ kind, clients });
      }
      await wait(3_000);
    },
    async afterwards() {
      for (let tries = 0; stillOpen().length > 0 && tries < 120; tries += 1) await wait(500);
      for (const { kind, clients } of kinds) {
        const longest = Math.max(...clients.map((client) => client.lasted() ?? Number.POSITIVE_INFINITY));
        console.info(`slow ${kind}: cut off after ${Math.round(longest / 1000)} s at most`);
        expect(longest, kind).toBeLessThan(60_000);
        countRepelled(clients.length);
      }
      for (const client of stillOpen()) client.end();
    },
  },
  {
    name: 'more slow clients of one address than are let in',
    async run({ app }) {
      const clients = Array.from({ length: 300 }, () =>
        createSlowClient(app.url, slownesses.headers, '127.0.2.9'),
      );
      await wait(2_000);
      expect(clients.filter((client) => client.lasted() !== null)).toHaveLength(50);
      countRepelled(50);
      for (const client of clients) client.end();
    },
  },
];
