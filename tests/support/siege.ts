import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { type AppProcess, startApp } from './app-process.ts';
import { buildPages } from './build-pages.ts';
import { createVisitor, type Visitor } from './http-client.ts';
import { befriendByForms, enter, type Mailbox } from './journey-visitors.ts';
import { type HealthProbe, probeHealth } from './probe-health.ts';
import { type MemoryWatch, watchMemory } from './watch-memory.ts';

/** One attack of `tests/security/siege`: a file of that folder exports some, and `siege.test.ts` runs them in turn. */
export interface Attack {
  /** Completes the sentence of a test's name. */
  name: string;
  /** Attacks, says what it expects of the answers, and counts them (`count-attacks.ts`). */
  run(siege: Siege): Promise<void>;
  /** What can be seen only after all attacks. */
  afterwards?(siege: Siege): Promise<void>;
}

/** A server as an operator starts it, in a process of its own, with friends who attack it and one who only reads. */
export interface Siege {
  app: AppProcess;
  /** Logged in without JavaScript, each at an address of their own, friends of `delta`. */
  attackers: Visitor[];
  /** `delta`, at another address, who only wants to read. */
  reader: Visitor;
  health: HealthProbe;
  /** Does it by every attacker at once, each taking the next as soon as the last is answered. */
  flood<T, A>(cases: T[], attack: (visitor: Visitor, one: T) => Promise<A>): Promise<A[]>;
  /** Attacks while `delta` reads; who reads gets every page. The longest wait for one, ms. */
  whileReading(attack: () => Promise<void>): Promise<number>;
  /** What the process and those it starts hold together. */
  memory: MemoryWatch;
  end(): Promise<void>;
}

const names = ['alpha', 'beta', 'gamma', 'delta'];

export async function beginSiege(): Promise<Siege> {
  await buildPages();
  const app = await startApp();
  const people = names.map((_, n) => createVisitor(app.url, { from: `127.0.1.${n + 1}` }));
  const mailbox = mailboxOf(app);
  for (const [n, person] of people.entries()) await enter(mailbox, person, names[n] ?? '');
  const reader = people.at(-1);
  if (!reader) throw new Error('nobody there');
  const attackers = people.slice(0, -1);
  for (const [n, attacker] of attackers.entries()) await befriendByForms(attacker, reader, names[n] ?? '');
  const health = probeHealth(app.url, '127.0.3.1');
  const memory = watchMemory(app.pid);

  return {
    app,
    attackers,
    reader,
    health,
    memory,
    async flood(cases, attack) {
      const answers = await Promise.all(
        attackers.map(async (visitor) => {
          const own = [];
          for (const one of cases) own.push(await attack(visitor, one));
          return own;
        }),
      );
      return answers.flat();
    },
    async whileReading(attack) {
      let over = false;
      let longest = 0;
      const read = async () => {
        while (!over) {
          const started = performance.now();
          expect((await reader.get('/inbox')).status).toBe(200);
          longest = Math.max(longest, performance.now() - started);
          await wait(200);
        }
      };
      await Promise.all([
        read(),
        attack().finally(() => {
          over = true;
        }),
      ]);
      return longest;
    },
    async end() {
      await Promise.all([health.end(), memory.end()]);
      await app.dispose();
    },
  };
}

/** The mails of the process: settled once there is one more link to confirm an address. */
function mailboxOf({ mails }: AppProcess): Mailbox {
  const links = async () => (await mails()).filter(({ text }) => text.includes('/verify/')).length;
  let expected = 0;
  return {
    mails,
    async settle() {
      expected += 1;
      for (let tries = 0; (await links()) < expected && tries < 800; tries += 1) await wait(25);
    },
  };
}
