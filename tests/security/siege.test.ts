import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { countServer } from '#tests/support/count-attacks.ts';
import { type Attack, beginSiege, type Siege } from '#tests/support/siege.ts';
import type { MemoryPeak } from '#tests/support/watch-memory.ts';
import { answers } from './siege/answers.ts';
import { costlyPasswords } from './siege/costly-passwords.ts';
import { pictures } from './siege/pictures.ts';
import { halfSentBodies, slowClients } from './siege/slow-clients.ts';
import { tooMuchAtOnce } from './siege/too-much-at-once.ts';

/** A server as an operator starts it, and everything at once. Each kind of attack is a file of `siege/`. */
const attacks: Attack[] = [
  ...slowClients,
  ...answers,
  ...pictures,
  ...costlyPasswords,
  ...tooMuchAtOnce,
  ...halfSentBodies,
];

const MEMORY = 512 * 1024 ** 2;
/** Longer than anybody else waits for a page meanwhile, ms. */
const PAGE_MS = 8_000;
/** The same for `/healthz`. */
const HEALTH_MS = 1_000;

let siege: Siege;

beforeAll(async () => {
  siege = await beginSiege();
});
afterAll(() => siege?.end());

describe('an attack takes no place of others', () => {
  it.each(attacks.map((attack) => [attack.name, attack] as const))('%s', async (name, attack) => {
    await siege.health.longest();
    siege.memory.peak();
    const page = await siege.whileReading(() => attack.run(siege));
    const health = await siege.health.longest();
    console.info(
      `${name}: ${inWords(siege.memory.peak())}, a page in ${Math.round(page)} ms, /healthz in ${Math.round(health)} ms`,
    );
    expect(page).toBeLessThan(PAGE_MS);
    expect(health).toBeLessThan(HEALTH_MS);
  });
});

describe('after all of it', () => {
  it.each(attacks.flatMap(({ name, afterwards }) => (afterwards ? [[name, afterwards] as const] : [])))(
    '%s: what is left',
    (_, afterwards) => afterwards(siege),
  );

  it('the process is the same, held less than 512 MB with all it started, and a letter arrives', async () => {
    const { app, attackers, reader } = siege;
    const peak = siege.memory.highest();
    expect(peak.total, inWords(peak)).toBeLessThan(MEMORY);
    expect(app.events('listening')).toHaveLength(1);
    // The attackers' large drafts and their photos are sealed to no one, and the server says so.
    const expected = ['draft does not authenticate', 'photo does not authenticate'];
    const errors = app.events().filter(({ level }) => level === 'error');
    expect(errors.filter(({ event }) => !expected.includes(event))).toEqual([]);
    const sent = newId();
    const letter = { letterId: sent, version: '0', to: 'delta', title: 'Still here', body: 'Unharmed.' };
    const answer = await attackers[0]?.upload('/write', { ...letter, intent: 'send' }, []);
    expect(answer?.location).toBe(`/letters/${sent}/sent`);
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await reader.get('/inbox')).text.includes(sent)) break;
      await wait(100);
    }
    expect((await reader.get(`/letters/${sent}`)).text).toContain('Unharmed.');
    await countServer(app.url);
  });
});

function inWords({ total, server }: MemoryPeak): string {
  const [all, own] = [total, server].map((bytes) => Math.round(bytes / 1024 ** 2));
  return `${all} MB at most, ${own} MB of them the server's own`;
}
