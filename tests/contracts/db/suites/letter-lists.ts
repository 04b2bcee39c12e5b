import { beforeAll, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import type { Page, PageRequest } from '#server/db/page.ts';
import type { LetterSummary } from '#server/letters/letter.store.ts';
import { everyByte, sampleLetter } from '#tests/support/database-samples.ts';
import type { SuiteContext } from '../store-suite.ts';

type List = (userId: string, page: PageRequest) => Promise<Page<LetterSummary>>;

/** Reads all pages, as a person clicking through would. */
async function readAll(list: List, userId: string, limit: number): Promise<LetterSummary[][]> {
  const pages: LetterSummary[][] = [];
  for (let cursor: string | null = null; ; ) {
    const page: Page<LetterSummary> = await list(userId, { cursor, limit });
    pages.push(page.items);
    cursor = page.nextCursor;
    if (!cursor) return pages;
  }
}

export function letterListTests(context: SuiteContext): void {
  const alpha = newId();
  const beta = newId();
  const sent: { id: string; time: number }[] = [];

  beforeAll(async () => {
    const { letters } = context.stores;
    for (let i = 0; i < 50; i++) {
      // Seven letters share each time, as when a queue catches up.
      const time = 1_700_000_000_000 + Math.floor(i / 7) * 1000;
      const letter = sampleLetter({ authorId: alpha, receiverId: beta, sentAt: new Date(time) });
      await letters.insert(letter);
      await letters.markDelivered(letter.id, new Date(time));
      sent.push({ id: letter.id, time });
    }
    await letters.insert(sampleLetter({ authorId: alpha, receiverId: beta, sentAt: new Date(1) }));
    sent.sort((a, b) => b.time - a.time || (a.id < b.id ? 1 : -1));
  });

  it('pages through equal times without losing or repeating a letter', async () => {
    const { letters } = context.stores;
    for (const limit of [1, 3, 7, 20, 49, 50, 51]) {
      const pages = await readAll(letters.listInbox, beta, limit);
      expect(pages.flat().map(({ id }) => id)).toEqual(sent.map(({ id }) => id));
      expect(pages.every((page) => page.length <= limit && page.length > 0)).toBe(true);
    }
  });

  it('lists only delivered letters to the receiver, and all to the author', async () => {
    const { letters } = context.stores;
    const inbox = (await readAll(letters.listInbox, beta, 20)).flat();
    const outbox = (await readAll(letters.listSent, alpha, 20)).flat();
    expect(inbox).toHaveLength(50);
    expect(outbox).toHaveLength(51);
    expect(outbox.at(-1)).toMatchObject({ status: 'queued', deliveredAt: null });
    expect(outbox.slice(0, 50).map(({ id }) => id)).toEqual(inbox.map(({ id }) => id));
    expect(await letters.listInbox(alpha, { limit: 20 })).toEqual({ items: [], nextCursor: null });
    expect(await letters.listSent(newId(), { limit: 20 })).toEqual({ items: [], nextCursor: null });
  });

  it('keeps its place when letters arrive while a person reads on', async () => {
    const { letters } = context.stores;
    const [author, reader] = [newId(), newId()];
    const deliver = async (time: number) => {
      const letter = sampleLetter({ authorId: author, receiverId: reader });
      await letters.insert(letter);
      await letters.markDelivered(letter.id, new Date(time));
      return letter.id;
    };
    const old = [await deliver(1000), await deliver(2000), await deliver(3000)];
    const first = await letters.listInbox(reader, { limit: 2 });
    await deliver(4000);
    const second = await letters.listInbox(reader, { cursor: first.nextCursor, limit: 2 });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([...old].reverse());
  });

  it('shows state and the title sealed for whose list it is, but neither content nor keys', async () => {
    const { letters } = context.stores;
    const letter = sampleLetter({});
    await letters.insert(letter);
    await letters.markDelivered(letter.id, new Date(5000));
    await letters.markRead(letter.id, letter.receiverId, new Date(6000), everyByte);
    const [summary] = (await letters.listInbox(letter.receiverId, { limit: 5 })).items;
    expect(summary).toEqual({
      id: letter.id,
      authorId: letter.authorId,
      receiverId: letter.receiverId,
      status: 'read',
      failureReason: null,
      sentAt: letter.sentAt,
      deliverAt: null,
      deliveredAt: new Date(5000),
      hash: letter.hash,
      photoIds: letter.photoIds,
      role: 'receiver',
      at: new Date(5000),
      heading: everyByte,
      starred: false,
    });
    const [own] = (await letters.listSent(letter.authorId, { limit: 5 })).items;
    expect(own).toEqual({ ...summary, role: 'author', at: letter.sentAt, heading: letter.authorHeading });
  });

  it('reads a damaged cursor as the first page', async () => {
    const { letters } = context.stores;
    const firstPage = await letters.listInbox(beta, { limit: 3 });
    for (const cursor of ['', 'x', '%00', firstPage.nextCursor?.slice(1), 'eyIkbmUiOjF9', '9'.repeat(4000)]) {
      expect(await letters.listInbox(beta, { cursor, limit: 3 })).toEqual(firstPage);
    }
  });

  it('counts new letters up to a cap', async () => {
    const { letters } = context.stores;
    expect(await letters.countNew(beta, 100)).toBe(50);
    expect(await letters.countNew(beta, 10)).toBe(10);
    await letters.markRead(sent[0]?.id as string, beta, new Date(), everyByte);
    expect(await letters.countNew(beta, 100)).toBe(49);
    expect(await letters.countNew(alpha, 100)).toBe(0);
  });
}
