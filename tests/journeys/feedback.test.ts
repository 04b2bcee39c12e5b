import { afterEach, describe, expect, it } from 'vitest';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { makePerson, refusalOf } from '#tests/support/journey-people.ts';
import { mailFeedback } from '#worker/mail-feedback.ts';

let world: Installation;
afterEach(() => world.close());

const words = { subject: 'A small thing', message: 'The stamps are lovely.\n\nMore cats?' };
const stored = () => world.container.db.orm.feedback.all();

describe('feedback', () => {
  it('of somebody not logged in is stored and mailed to the operator', async () => {
    world = await openInstallation({ env: { ADMIN_EMAIL: 'operator@example.test' } });
    await (await world.as(null)).feedback.give(words);
    await world.settle();
    expect(await stored()).toMatchObject([words]);
    expect(await world.mails()).toMatchObject([
      { to: 'operator@example.test', subject: 'Feedback: A small thing' },
    ]);
    const [mail] = await world.mails();
    expect(mail?.text).toContain(words.message);
    expect(mail?.text).toContain('not logged in');
  });

  it('of a person says who it was', async () => {
    world = await openInstallation({ env: { ADMIN_EMAIL: 'operator@example.test' } });
    const alpha = await makePerson(world, 'alpha');
    await (await world.as(alpha)).feedback.give(words);
    await world.settle();
    const user = await world.container.stores.users.findByUsername('alpha');
    expect(await stored()).toMatchObject([{ ...words, userId: user?.id }]);
    expect((await world.mails()).at(-1)?.text).toContain('From: alpha');
  });

  it('is stored when no operator is set, and when the mail cannot be sent, which is tried again', async () => {
    world = await openInstallation();
    await (await world.as(null)).feedback.give(words);
    expect(await stored()).toHaveLength(1);
    expect(await world.mails()).toEqual([]);
    await world.close();
    world = await openInstallation({ env: { ADMIN_EMAIL: 'operator@example.test' } });
    world.faults.mail = true;
    // Repeating jobs wait for their time, too.
    await world.settle();
    const before = (await world.container.queue.getJobCounts('delayed')).delayed ?? 0;
    await (await world.as(null)).feedback.give(words);
    await world.settle();
    expect(await stored()).toHaveLength(1);
    expect(await world.mails()).toEqual([]);
    world.faults.mail = false;
    const { delayed } = await world.container.queue.getJobCounts('delayed');
    expect(delayed).toBe(before + 1);
    const [{ _id: feedbackId = '' } = {}] = await stored();
    await mailFeedback(world.container, { feedbackId });
    expect(await world.mails()).toMatchObject([{ subject: 'Feedback: A small thing' }]);
    expect(world.jobs.map(({ json }) => json).join()).not.toContain('lovely');
  });

  it('without words, with a subject of two lines, or longer than it may be is refused', async () => {
    world = await openInstallation();
    const give = async (wrong: Partial<typeof words>) =>
      refusalOf((await world.as(null)).feedback.give({ ...words, ...wrong }));
    expect(await give({ message: ' \n ' })).toBe('invalid-input');
    expect(await give({ subject: ' ' })).toBe('invalid-input');
    expect(await give({ subject: 'one\r\nBcc: many@example.test' })).toBe('invalid-input');
    expect(await give({ message: 'x'.repeat(5_001) })).toBe('invalid-input');
    expect(await stored()).toEqual([]);
  });
});
