import { expect, it } from 'vitest';
import { equalBytes } from '#core/bytes.ts';
import { newId } from '#core/id.ts';
import { everyByte, sampleLetter } from '#tests/support/database-samples.ts';
import { race } from '#tests/support/race.ts';
import type { SuiteContext } from '../store-suite.ts';

const at = new Date(1_700_000_100_000);

export function letterDeliveryTests(context: SuiteContext): void {
  it('stores a letter once, and gives every byte back', async () => {
    const { letters } = context.stores;
    const large = new Uint8Array(300_000).map((_, i) => (i * 31) & 0xff);
    const letter = sampleLetter({
      payload: large,
      sealedForAuthor: everyByte,
      photoIds: [newId(), newId()],
      photoFullHashes: ['aa', 'bb'],
      photoPreviewHashes: ['cc', 'dd'],
    });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => letters.insert(letter)));
    expect(outcomes.filter((outcome) => outcome === 'inserted')).toHaveLength(1);
    expect(await letters.insert({ ...letter, payload: everyByte })).toBe('exists');
    const empty = { failureReason: null, deliveredAt: null, readAt: null, receiverHeading: null };
    const stored = await letters.findById(letter.id);
    expect(stored && equalBytes(stored.payload, large)).toBe(true);
    const small = { ...letter, ...empty, emailDueAt: null, emailNoticeAt: null, payload: null };
    expect({ ...stored, payload: null }).toMatchObject(small);
  });

  it('tells bytes apart that are the same as text', async () => {
    const { letters } = context.stores;
    const [one, other] = [sampleLetter(), sampleLetter()];
    one.authorHeading = Uint8Array.of(0xff, 0x80);
    other.authorHeading = Uint8Array.of(0xfe, 0x81);
    await letters.insert(one);
    await letters.insert(other);
    expect((await letters.findById(one.id))?.authorHeading).toEqual(Uint8Array.of(0xff, 0x80));
    expect((await letters.findById(other.id))?.authorHeading).toEqual(Uint8Array.of(0xfe, 0x81));
    await letters.markDelivered(one.id, at);
    await letters.markRead(one.id, one.receiverId, at, Uint8Array.of(0xfe));
    expect((await letters.findById(one.id))?.receiverHeading).toEqual(Uint8Array.of(0xfe));
  });

  it('is seen by its author at once, by its receiver once delivered, by nobody else', async () => {
    const { letters } = context.stores;
    const letter = sampleLetter();
    await letters.insert(letter);
    expect(await letters.findForMember(letter.id, letter.authorId)).toMatchObject({ id: letter.id });
    expect(await letters.findForMember(letter.id, letter.receiverId)).toBeNull();
    await letters.markDelivered(letter.id, at);
    expect(await letters.findForMember(letter.id, letter.receiverId)).toMatchObject({ deliveredAt: at });
    await letters.markRead(letter.id, letter.receiverId, at, everyByte);
    expect(await letters.findForMember(letter.id, letter.receiverId)).toMatchObject({ status: 'read' });
    expect(await letters.findForMember(letter.id, newId())).toBeNull();
  });

  it('is delivered once and read once, whoever tries how often', async () => {
    const { letters } = context.stores;
    const letter = sampleLetter();
    await letters.insert(letter);
    const { id, receiverId } = letter;
    expect(await letters.markRead(id, receiverId, at, everyByte)).toBe(false);
    const delivered = await race((moment) => letters.markDelivered(id, moment));
    expect(delivered.won).toBe(1);
    expect(await letters.markRead(id, letter.authorId, at, everyByte)).toBe(false);
    const read = await race((moment) => letters.markRead(id, receiverId, moment, everyByte));
    expect(read.won).toBe(1);
    expect(await letters.markDelivered(id, new Date(0))).toBe(false);
    expect(await letters.findById(id)).toMatchObject({
      status: 'read',
      deliveredAt: delivered.moment,
      readAt: read.moment,
    });
    expect(await letters.markDelivered(newId(), at)).toBe(false);
  });

  it('fails with a reason and is queued again only by its author', async () => {
    const { letters } = context.stores;
    const letter = sampleLetter();
    await letters.insert(letter);
    expect(await letters.requeue(letter.id, letter.authorId)).toBe(false);
    expect(await letters.markFailed(letter.id, 'nobody there')).toBe(true);
    expect(await letters.markFailed(letter.id, 'again')).toBe(false);
    expect(await letters.findById(letter.id)).toMatchObject({
      status: 'failed',
      failureReason: 'nobody there',
    });
    expect(await letters.requeue(letter.id, letter.receiverId)).toBe(false);
    expect(await letters.requeue(letter.id, letter.authorId)).toBe(true);
    expect(await letters.findById(letter.id)).toMatchObject({ status: 'queued', failureReason: null });
  });

  it('is withheld once, and then reaches nobody', async () => {
    const { letters } = context.stores;
    const letter = sampleLetter();
    await letters.insert(letter);
    const withheld = await race((moment) => letters.withhold(letter.id, moment));
    expect(withheld.won).toBe(1);
    expect(await letters.findById(letter.id)).toMatchObject({ withheldAt: withheld.moment });
    expect(await letters.markDelivered(letter.id, at)).toBe(false);
    expect(await letters.findForMember(letter.id, letter.receiverId)).toBeNull();
    expect(await letters.findForMember(letter.id, letter.authorId)).toMatchObject({ id: letter.id });
    expect((await letters.listInbox(letter.receiverId, { limit: 5 })).items).toEqual([]);
  });

  it('waits in the outbox, oldest first, until it is delivered', async () => {
    const { letters } = context.stores;
    // A time of its own, so that letters of other tests are not in the way.
    const sent = [5, 1, 3].map((i) => new Date(1000 + i));
    const waiting = sent.map((sentAt) => sampleLetter({ sentAt }));
    for (const letter of waiting) await letters.insert(letter);
    const due = await letters.listQueued(new Date(1006), 10);
    expect(due.map(({ sentAt }) => sentAt.getTime())).toEqual([1001, 1003, 1005]);
    expect(due[0]?.id).toBe(waiting[1]?.id);
    expect(await letters.listQueued(new Date(1005), 10)).toHaveLength(2);
    expect(await letters.listQueued(new Date(1006), 1)).toHaveLength(1);
    for (const { id } of waiting) await letters.markDelivered(id, at);
    expect(await letters.listQueued(new Date(1006), 10)).toEqual([]);
  });
}
