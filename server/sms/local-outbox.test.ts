import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLocalMailbox } from '#server/mail/local-mailbox.ts';
import { createLocalOutbox } from '#server/sms/local-outbox.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bff-outbox-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('a text lies in the local mailbox, word for word, between the mails', async () => {
  const mailbox = createLocalMailbox({ dir });
  const outbox = createLocalOutbox(mailbox);
  await mailbox.send({ to: 'beta@example.test', subject: 'Before', text: '' });
  expect(await outbox.send({ to: '+4915550100100', text: 'Two\nlines' })).toBeNull();
  await mailbox.send({ to: 'beta@example.test', subject: 'After', text: '' });
  const [after, text, before] = await mailbox.listMailbox();
  expect(text).toMatchObject({ to: '+4915550100100', subject: 'Text message', text: 'Two\nlines' });
  expect([before?.subject, after?.subject]).toEqual(['Before', 'After']);
});

test('nothing is to be learnt of it afterwards', async () => {
  expect(await createLocalOutbox(createLocalMailbox({ dir })).outcome('SM0')).toBeNull();
});
