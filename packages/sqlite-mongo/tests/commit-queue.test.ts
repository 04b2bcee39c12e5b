import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { CommitQueue } from '../commit-queue.ts';

function open(pages?: number) {
  const sql = new DatabaseSync(':memory:');
  sql.exec('CREATE TABLE kept (n INTEGER, filler BLOB)');
  if (pages) sql.exec(`PRAGMA max_page_count = ${pages}`);
  const insert = sql.prepare('INSERT INTO kept (n, filler) VALUES (?, ?)');
  let lost = 0;
  const queue = new CommitQueue(sql, () => {
    lost++;
  });
  const write = (n: number, bytes = 10) => queue.write(() => insert.run(n, Buffer.alloc(bytes)) && n);
  const kept = () =>
    sql
      .prepare('SELECT n FROM kept ORDER BY n')
      .all()
      .map((row) => Number(row.n));
  return { sql, queue, write, kept, lostBatches: () => lost };
}

it('settles nothing before the commit, and everything of one turn with it', async () => {
  const { sql, queue, write } = open();
  const order: string[] = [];
  const exec = sql.exec.bind(sql);
  sql.exec = (text) => {
    order.push(text);
    exec(text);
  };
  const writes = [1, 2, 3].map((n) => write(n).then(() => order.push(`told ${n}`)));
  expect(order).toEqual([]);
  await Promise.all(writes);
  expect(order.filter((text) => !text.includes('job'))).toEqual([
    'BEGIN IMMEDIATE',
    'COMMIT',
    'told 1',
    'told 2',
    'told 3',
  ]);
  queue.flush();
  expect(order.at(-1)).toBe('told 3');
});

it('keeps what it acknowledged and nothing else, on a full disk too', async () => {
  const { write, kept } = open(12);
  const sizes = Array.from({ length: 40 }, (_, i) => (i % 3 === 0 ? 9000 : 50));
  for (let batch = 0; batch < 4; batch++) {
    const from = batch * 10;
    await Promise.allSettled(sizes.slice(from, from + 10).map((bytes, i) => write(from + i, bytes)));
  }
  const before = kept();
  const outcomes = await Promise.allSettled([write(100), write(101, 90_000), write(102)]);
  const told = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  expect(outcomes[1]?.status).toBe('rejected');
  expect(kept()).toEqual([...before, ...told]);
});

it('refuses every write of a transaction that could not be committed', async () => {
  const { sql, write, kept, lostBatches } = open();
  const exec = sql.exec.bind(sql);
  sql.exec = (text) => {
    if (text === 'COMMIT') throw new Error('disk I/O error');
    exec(text);
  };
  const outcomes = await Promise.allSettled([write(1), write(2)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  sql.exec = exec;
  expect(kept()).toEqual([]);
  expect(lostBatches()).toBe(1);
  expect(await write(3)).toBe(3);
});
