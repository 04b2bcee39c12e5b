import * as devalue from 'devalue';
import { expect } from 'vitest';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { callProcedure } from '#tests/support/http-procedures.ts';
import type { Attack } from '#tests/support/siege.ts';

const attempts = 40;
const key = new Uint8Array(32).fill(7);
const sealed = (length: number) => new Uint8Array(length).fill(1);
/** What the server would derive with for each password that somebody types for such a name. */
const params = { memoryKiB: 1_048_576, iterations: 10, parallelism: 1 };

export const costlyPasswords: Attack[] = [
  {
    name: 'accounts whose password would cost a gigabyte and ten passes, and wrong passwords for them',
    async run({ app, attackers }) {
      const names = Array.from({ length: attempts }, (_, n) => `costly_${n}`);
      const placed = (n: number) => createVisitor(app.url, { from: `127.0.5.${n + 1}` });
      const joined = await Promise.all(names.map((name, n) => join(placed(n), name)));
      for (const { status } of joined) expect(status).toBe(400);
      countRepelled(joined.length);

      // None of them is there: a wrong password for one costs what it costs for any name.
      const tries = await Promise.all(
        names.map((username, n) => placed(n).post('/login', { username, password: `wrong ${n}` })),
      );
      for (const { status } of tries) expect([401, 503]).toContain(status);
      countRepelled(tries.length);

      const changed = await Promise.all(
        attackers.map((visitor) =>
          callProcedure(
            visitor,
            { name: 'accounts.changePasswordSealed', type: 'mutation' },
            { proof: { authKey: key }, password: record() },
          ),
        ),
      );
      for (const { status } of changed) expect(status).toBe(400);
      countRepelled(changed.length);
    },
  },
];

const record = () => ({ salt: sealed(16), params, authKey: key, wrappedAmk: sealed(61) });

async function join(visitor: Visitor, username: string) {
  const begun = await callProcedure(visitor, { name: 'accounts.beginJoin', type: 'mutation' }, undefined);
  const { result } = JSON.parse(begun.text) as { result: { data: string } };
  const { userId, ticket } = devalue.parse(result.data) as { userId: string; ticket: string };
  return callProcedure(
    visitor,
    { name: 'accounts.joinSealed', type: 'mutation' },
    {
      ...{ userId, ticket, username, email: `${username}@example.test` },
      password: record(),
      recovery: { authKey: key, wrappedAmk: sealed(61) },
      identityPublicKey: key,
      wrappedIdentityKey: sealed(77),
    },
  );
}
