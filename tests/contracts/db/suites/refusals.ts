import { expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { sampleLetter, sampleUser } from '#tests/support/database-samples.ts';
import type { SuiteContext } from '../store-suite.ts';

/** What a form parsed too generously could pass on where a text belongs. */
const operators = [
  { $ne: null },
  { $gt: '' },
  { $exists: true },
  { $regex: '.*' },
  { $in: [] },
  ['a'],
  7,
  true,
];

const asText = (value: unknown) => value as string;

/** The answer, or 'refused' when the call threw. */
async function outcome<T>(run: () => Promise<T>): Promise<T | 'refused'> {
  try {
    return await run();
  } catch {
    return 'refused';
  }
}

export function refusalTests(context: SuiteContext): void {
  it('finds nobody by an operator in place of a text', async () => {
    const { users, sessions, tokens, friendships } = context.stores;
    await users.insert(sampleUser({ emailVerifiedAt: new Date(1) }));
    for (const operator of operators.map(asText)) {
      const looks: (() => Promise<unknown>)[] = [
        () => users.findByUsername(operator),
        () => users.findByEmail(operator),
        () => users.findByFriendCode(operator),
        () => users.findById(operator),
        () => sessions.findByTokenHash(operator),
        () => tokens.find(operator, 'verify-email'),
        () => tokens.consume(operator, operator, new Date(0)),
        () => friendships.find(operator, operator),
      ];
      for (const look of looks) expect([null, 'refused']).toContain(await outcome(look));
      expect(await outcome(() => users.findManyByIds([operator]))).toEqual([]);
    }
  });

  it('changes and deletes nothing by an operator in place of an id', async () => {
    const { letters, notifications, drafts, sessions } = context.stores;
    const letter = sampleLetter();
    await letters.insert(letter);
    for (const operator of operators.map(asText)) {
      expect(await letters.findForMember(operator, operator)).toBeNull();
      expect(await letters.findForMember(letter.id, operator)).toBeNull();
      expect(await letters.markDelivered(operator, new Date())).toBe(false);
      expect(await letters.requeue(operator, operator)).toBe(false);
      expect(await notifications.claim('email', operator, new Date())).toBe(false);
      expect(await drafts.delete(operator, operator)).toBe(false);
      expect(await sessions.deleteByUser(operator)).toBe(0);
      expect((await letters.listInbox(operator, { limit: 5 })).items).toEqual([]);
    }
    expect(await letters.findById(letter.id)).toMatchObject({ status: 'queued', emailNoticeAt: null });
  });

  it('answers a malformed id as an unknown one', async () => {
    const { users, letters, photos, drafts, readings } = context.stores;
    for (const id of [
      '',
      'x',
      '0'.repeat(23),
      '0'.repeat(25),
      'G'.repeat(24),
      '../../etc',
      '\u0000'.repeat(24),
    ]) {
      expect(await users.findById(id)).toBeNull();
      expect(await letters.findById(id)).toBeNull();
      expect(await letters.findForMember(id, newId())).toBeNull();
      expect(await photos.find(id, newId())).toBeNull();
      expect(await drafts.find(id, newId())).toBeNull();
      expect(await readings.find(id, newId())).toBeNull();
    }
  });

  it('refuses a document that breaks the schema, if the backend can', async ({ skip }) => {
    skip(!context.validators, 'this server keeps no validators');
    const { users, letters } = context.stores;
    const broken = [
      { username: { $ne: null } },
      { keyEpoch: '1' },
      { keyEpoch: 1.5 },
      { createdAt: 'yesterday' },
      { surprise: 1 },
      { displayName: undefined },
    ];
    for (const change of broken) {
      await expect(users.insert({ ...sampleUser(), ...(change as object) })).rejects.toMatchObject({
        code: 121,
      });
    }
    const letter = sampleLetter();
    await letters.insert(letter);
    await expect(letters.markFailed(letter.id, asText({ $ne: 1 }))).rejects.toMatchObject({ code: 121 });
    expect(await letters.findById(letter.id)).toMatchObject({ status: 'queued' });
  });
}
