import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { countRepelled } from '#tests/support/count-attacks.ts';
import type { Attack } from '#tests/support/siege.ts';
import { createSlowClient, type SlowClient, slownesses } from '#tests/support/slow-clients.ts';

const kinds: { kind: string; clients: SlowClient[] }[] = [];
const stillOpen = () => kinds.flatMap(({ clients }) => clients).filter((client) => client.lasted() === null);

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
