import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { createLocalMailbox } from '#server/mail/local-mailbox.ts';

let root: string;
let dir: string;
let time: number;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'bff-mailbox-'));
  dir = join(root, 'mailbox');
  time = Date.UTC(2026, 0, 1);
});
afterEach(() => rm(root, { recursive: true }));

const mailbox = (keep?: number) => createLocalMailbox({ dir, keep, now: () => new Date(time) });
const mail = (subject: string) => ({ to: 'beta@example.test', subject, text: 'Hello\n' });

test('a folder that is not there yet is an empty mailbox', async () => {
  expect(await mailbox().listMailbox()).toEqual([]);
});

test('a sent mail is there as it was, with its time', async () => {
  const sent = { ...mail('one'), html: '<p>Hello</p>', messageId: '<1@example.test>' };
  await mailbox().send(sent);
  expect(await mailbox().listMailbox()).toEqual([
    { ...sent, id: expect.any(String), sentAt: '2026-01-01T00:00:00.000Z' },
  ]);
});

test('the newest comes first, also within a millisecond and when the clock goes back', async () => {
  const box = mailbox();
  await box.send(mail('1'));
  await box.send(mail('2'));
  time -= 5000;
  await box.send(mail('3'));
  time += MINUTE;
  await box.send(mail('4'));
  expect((await box.listMailbox()).map(({ subject }) => subject)).toEqual(['4', '3', '2', '1']);
  expect((await box.listMailbox(2)).map(({ subject }) => subject)).toEqual(['4', '3']);
});

test('only the owner can read it, and no half-written file stays', async () => {
  await mailbox().send(mail('secret link'));
  const names = await readdir(dir);
  expect(names).toHaveLength(1);
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
  expect((await stat(join(dir, names[0] ?? ''))).mode & 0o777).toBe(0o600);
});

test('the oldest mails go when there are too many', async () => {
  const box = mailbox(3);
  await Promise.all(Array.from({ length: 10 }, (_, index) => box.send(mail(String(index)))));
  expect((await box.listMailbox()).map(({ subject }) => subject)).toEqual(['9', '8', '7']);
  expect(await readdir(dir)).toHaveLength(3);
});

test('a mail that a crash left unfinished is not listed', async () => {
  const box = mailbox();
  await box.send(mail('whole'));
  await writeFile(join(dir, '999999999999999-000000-00000000.json.tmp'), '{"subj');
  expect((await box.listMailbox()).map(({ subject }) => subject)).toEqual(['whole']);
});
