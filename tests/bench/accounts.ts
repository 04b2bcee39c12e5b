import { argon2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { form, startBenchServer } from './bench-process.ts';
import { measureInTurn, printHeader, printRow, ratio } from './measure.ts';

const argon2Async = promisify(argon2);
const argon2Alone = () =>
  argon2Async('argon2id', {
    message: 'lantern otter waltz',
    nonce: randomBytes(16),
    parallelism: 1,
    tagLength: 32,
    memory: 65536,
    passes: 3,
  });

/** Joining and logging in with the plain forms, beside the one Argon2 each of them needs. */
export async function benchAccounts(): Promise<void> {
  const { ask, password, stop } = await startBenchServer([]);
  let joined = 0;
  const accounts = await measureInTurn(12, {
    argon: argon2Alone,
    join: () => {
      joined += 1;
      const [username, email] = [`person_${joined}`, `p${joined}@example.test`];
      return ask('/join', form({ username, email, password, confirm: password }));
    },
    logIn: () => ask('/login', form({ username: 'gamma', password })),
  });
  printHeader('Accounts');
  printRow('Argon2id, 64 MiB, t=3', accounts.argon, null);
  printRow('join', accounts.join, null, `${ratio(accounts.join, accounts.argon.median)} Argon2id`);
  printRow('log in', accounts.logIn, null, `${ratio(accounts.logIn, accounts.argon.median)} Argon2id`);
  await stop();
}
