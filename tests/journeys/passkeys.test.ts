import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { logIn, makePeople, type Person, refusalOf } from '#tests/support/journey-people.ts';
import { beginLogIn, proof, waitingLogIn } from '#tests/support/second-factor.ts';
import { type Bent, softPasskey } from '#tests/support/soft-passkey.ts';

const origin = 'https://bff.example.test';
const rpId = 'bff.example.test';

let world: Installation;
let alpha: Person;
let beta: Person;
let codes: string[];
const key = softPasskey({ origin, rpId });
const foreign = softPasskey({ origin, rpId });

beforeAll(async () => {
  world = await openInstallation({ rateLimits: false, env: { APP_URL: origin } });
  [alpha, beta] = (await makePeople(world, 'alpha', 'beta')) as [Person, Person];
});
afterAll(() => world.close());

const nobody = async () => (await world.as(null)).secondFactor;
const of = async (person: Person) => (await world.as(person)).secondFactor;
const ask = async (challenge: string) => (await nobody()).askForPasskey({ challenge });
type Answer = ReturnType<typeof key.get>;
const give = async (challenge: string, answer: Answer) => (await nobody()).givePasskey({ challenge, answer });
const names = async () => (await (await of(alpha)).settings()).passkeys.map(({ name }) => name);

describe('adding a passkey', () => {
  const add = async (bent: Bent) => {
    const { beginPasskey, finishPasskey } = await of(alpha);
    const options = await beginPasskey({ proof });
    return finishPasskey({ name: 'Blue key', answer: key.create(options, bent) });
  };

  it('is refused for another site, another question or another ceremony', async () => {
    const bents: Bent[] = [
      { origin: 'https://elsewhere.example.test' },
      { rpId: 'example.test' },
      { challenge: 'AAAA' },
      { type: 'webauthn.get' },
    ];
    for (const bent of bents) expect(await refusalOf(add(bent))).toBe('invalid-input');
    expect(await names()).toEqual([]);
    expect(await logIn(world, 'alpha')).toBeTruthy();
  });

  it('needs the password, a question that is not too old, and a name', async () => {
    const { beginPasskey, finishPasskey } = await of(alpha);
    expect(await refusalOf(beginPasskey({ proof: { password: 'not it at all' } }))).toBe('invalid-input');
    const options = await beginPasskey({ proof });
    expect(await refusalOf(finishPasskey({ name: ' ', answer: key.create(options) }))).toBe('invalid-input');
    world.clock.advance(5 * MINUTE);
    expect(await refusalOf(finishPasskey({ name: 'Blue key', answer: key.create(options) }))).toBe(
      'invalid-input',
    );
  });

  it('is done once, and comes with ten one-time codes when it is the first second factor', async () => {
    const { beginPasskey, finishPasskey } = await of(alpha);
    const answer = key.create(await beginPasskey({ proof }));
    const added = await finishPasskey({ name: 'Blue key', answer });
    codes = added.codes ?? [];
    expect(codes).toHaveLength(10);
    expect(await names()).toEqual(['Blue key']);
    expect(await refusalOf(finishPasskey({ name: 'Blue key', answer }))).toBe('invalid-input');
  });

  it('asks for a code too, once there is a second factor, and takes no passkey of anybody twice', async () => {
    const { beginPasskey, finishPasskey } = await of(alpha);
    expect(await refusalOf(beginPasskey({ proof }))).toBe('invalid-input');
    const options = await beginPasskey({ proof, code: codes.pop() });
    expect(options.excludeCredentials?.map(({ id }) => id)).toEqual([key.id]);
    const again = finishPasskey({ name: 'Again', answer: key.create(options) });
    expect(await refusalOf(again)).toBe('invalid-input');
    const other = await of(beta);
    const stolen = other.finishPasskey({
      name: 'Stolen',
      answer: key.create(await other.beginPasskey({ proof })),
    });
    expect(await refusalOf(stolen)).toBe('invalid-input');
    expect((await other.settings()).on).toBe(false);
  });

  it('is not offered where the address is none for passkeys', async () => {
    const plain = await openInstallation({ rateLimits: false });
    const [gamma] = (await makePeople(plain, 'gamma')) as [Person];
    const { secondFactor } = await plain.as(gamma);
    expect((await secondFactor.settings()).passkeysAvailable).toBe(false);
    expect(await refusalOf(secondFactor.beginPasskey({ proof }))).toBe('forbidden');
    await plain.close();
  });
});

describe('a change of the second factor', () => {
  const asked = async () => (await of(alpha)).askForChange();
  const renew = async (answer: Answer) => (await of(alpha)).renewCodes({ proof, passkey: answer });

  it('is shown to be its owner’s by a passkey, too, so that nobody is left without codes', async () => {
    codes = (await renew(key.get(await asked()))).codes;
    expect(codes).toHaveLength(10);
  });

  it('is refused with a wrong password, and with what answers no question of this person', async () => {
    const mine = await of(alpha);
    const wrong = { password: 'not it at all' };
    expect(await refusalOf(mine.renewCodes({ proof: wrong, passkey: key.get(await asked()) }))).toBe(
      'invalid-input',
    );
    const early = await asked();
    await asked();
    expect(await refusalOf(renew(key.get(early)))).toBe('invalid-input');
    expect(await refusalOf(renew(foreign.get(await asked())))).toBe('invalid-input');
    expect(await refusalOf(renew(key.get(await (await of(beta)).askForChange())))).toBe('invalid-input');
    const late = await asked();
    world.clock.advance(5 * MINUTE);
    expect(await refusalOf(renew(key.get(late)))).toBe('invalid-input');
  });

  it('takes no question for another: what is asked without the password adds no passkey', async () => {
    const mine = await of(alpha);
    const sneaked = mine.finishPasskey({ name: 'Sneaked in', answer: foreign.create(await asked()) });
    expect(await refusalOf(sneaked)).toBe('invalid-input');
    const options = await mine.beginPasskey({ proof, code: codes.pop() });
    expect(await refusalOf(renew(key.get(options)))).toBe('invalid-input');
    expect(await names()).toEqual(['Blue key']);
  });

  it('takes an answer once', async () => {
    const answer = key.get(await asked());
    const both = await Promise.allSettled([renew(answer), renew(answer)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [done] = both.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    codes = done?.codes ?? [];
  });
});

describe('a log-in with a passkey', () => {
  it('goes on to the inbox', async () => {
    const challenge = await beginLogIn(world, alpha);
    expect(await (await nobody()).wanted({ challenge })).toMatchObject({ app: false, passkeys: true });
    const options = await ask(challenge);
    expect(options).toMatchObject({
      rpId,
      userVerification: 'preferred',
      allowCredentials: [{ id: key.id }],
    });
    const result = await give(challenge, key.get(options));
    if (result.outcome !== 'logged-in') expect.fail(result.outcome);
    expect((await (await world.as(result)).inClear.inbox()).letters).toEqual([]);
    expect((await (await of(alpha)).settings()).passkeys[0]?.lastUsedAt).not.toBeNull();
  });

  it('is refused for another site, question, ceremony or passkey, and with a changed answer', async () => {
    const bents: Bent[] = [
      { origin: 'https://bff.example.test.evil.test' },
      { rpId: 'example.test' },
      { challenge: 'AAAA' },
      { type: 'webauthn.create' },
    ];
    for (const bent of bents) {
      const challenge = await waitingLogIn(world, alpha);
      expect(await refusalOf(give(challenge, key.get(await ask(challenge), bent)))).toBe('invalid-input');
    }
    const challenge = await waitingLogIn(world, alpha);
    expect(await refusalOf(give(challenge, foreign.get(await ask(challenge))))).toBe('invalid-input');
    const { response, ...rest } = key.get(await ask(challenge));
    const { signature } = foreign.get(await ask(challenge)).response;
    const forged = { ...rest, response: { ...response, signature } };
    expect(await refusalOf(give(challenge, forged))).toBe('invalid-input');
    const renamed = { ...foreign.get(await ask(challenge)), id: key.id, rawId: key.id };
    expect(await refusalOf(give(challenge, renamed))).toBe('invalid-input');
  });

  it('is refused without a question, with the answer to an earlier one, and with the same answer twice', async () => {
    const challenge = await waitingLogIn(world, alpha);
    expect(await refusalOf(give(challenge, key.get({ challenge: 'AAAA' })))).toBe('invalid-input');
    const early = await ask(challenge);
    await ask(challenge);
    expect(await refusalOf(give(challenge, key.get(early)))).toBe('invalid-input');
    const answer = key.get(await ask(challenge));
    const both = await Promise.allSettled([give(challenge, answer), give(challenge, answer)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refusalOf(give(challenge, answer))).toBe('unauthenticated');
  });

  it('is refused for somebody else’s log-in', async () => {
    const [mine, other] = [await waitingLogIn(world, alpha), await waitingLogIn(world, alpha)];
    const options = await ask(mine);
    await ask(other);
    expect(await refusalOf(give(other, key.get(options)))).toBe('invalid-input');
  });

  it('is refused when the counter has not grown, as that of a copy', async () => {
    for (const counter of [0, 1]) {
      const challenge = await waitingLogIn(world, alpha);
      const answer = key.get(await ask(challenge), { counter });
      expect(await refusalOf(give(challenge, answer))).toBe('invalid-input');
    }
    const challenge = await waitingLogIn(world, alpha);
    const answer = key.get(await ask(challenge), { counter: 0xffffffff });
    expect(await give(challenge, answer)).toMatchObject({ outcome: 'logged-in' });
  });

  it('needs none: a one-time code lets the person in', async () => {
    const challenge = await beginLogIn(world, alpha);
    const result = await (await nobody()).giveCode({ challenge, code: codes.pop() ?? '' });
    expect(result.outcome).toBe('logged-in');
  });
});

describe('a passkey', () => {
  it('is renamed and removed by its owner alone', async () => {
    const mine = await of(alpha);
    const other = await of(beta);
    const id = (await mine.settings()).passkeys[0]?.id ?? '';
    expect(await refusalOf(other.renamePasskey({ id, name: 'Mine' }))).toBe('not-found');
    expect(await refusalOf(other.removePasskey({ id, proof }))).toBe('not-found');
    await mine.renamePasskey({ id, name: '  Kitchen drawer ' });
    expect(await names()).toEqual(['Kitchen drawer']);
    expect(await refusalOf(mine.renamePasskey({ id, name: 'x'.repeat(41) }))).toBe('invalid-input');
    expect(await refusalOf(mine.removePasskey({ id, proof }))).toBe('invalid-input');
    await mine.removePasskey({ id, proof, code: codes.pop() });
    expect(await mine.settings()).toMatchObject({ on: false, codes: null, passkeys: [] });
    expect(await logIn(world, 'alpha')).toBeTruthy();
  });
});
