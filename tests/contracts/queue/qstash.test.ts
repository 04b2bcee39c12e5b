import { MINUTE } from '#core/durations.ts';
import { createQstashQueue } from '#server/queue/qstash.ts';
import { QstashServer } from '#tests/support/qstash-server.ts';
import { serveFetch } from '#tests/support/serve-fetch.ts';
import { describeQueue } from './queue-contract.ts';

/** QStash counts in seconds and minutes; here they pass faster. */
const SPEED = 50;

console.log(
  'queue contract: QStash runs against the local protocol server, with the official SDK on both sides',
);
describeQueue('QStash', { priorities: false }, async () => {
  const server = await new QstashServer({ speed: SPEED }).start();
  const endpoint = await serveFetch((request) => driver.handle(request));
  const driver = await createQstashQueue({
    token: server.token,
    baseUrl: server.url,
    workerUrl: endpoint.url,
    keys: server.keys,
    log: { info: () => {}, error: () => {} },
  });
  return {
    driver,
    moment: 3000,
    realMoment: 3000 / SPEED,
    interval: { every: MINUTE, real: MINUTE / SPEED },
    async close() {
      await driver.close();
      await server.close();
      await endpoint.close();
    },
  };
});
