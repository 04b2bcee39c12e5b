import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { makePerson, type Person, refusalOf } from '#tests/support/journey-people.ts';
import { type Phone, setUpApp, waitingLogIn } from '#tests/support/second-factor.ts';

let world: Installation;
let alpha: Person;
let phone: Phone;

beforeAll(async () => {
  world = await openInstallation();
  alpha = await makePerson(world, 'alpha');
  phone = await setUpApp(world, alpha);
});
afterAll(() => world.close());

const guess = (n: number) => {
  const shown = phone.shownCode();
  const code = String(n).padStart(6, '0');
  return code === shown ? '999999' : code;
};
const give = async (code: string, from: string) => {
  const challenge = await waitingLogIn(world, alpha);
  return (await world.as(null, from)).secondFactor.giveCode({ challenge, code });
};

describe('somebody who knows the password and guesses codes', () => {
  it('is stopped after ten from one network, and after thirty of the app from everywhere', async () => {
    const refusals: string[] = [];
    for (let n = 0; n < 12; n += 1) refusals.push(await refusalOf(give(guess(n), '198.51.100.7')));
    expect(refusals.lastIndexOf('invalid-input')).toBe(9);
    expect(refusals.slice(10)).toEqual(['too-many-requests', 'too-many-requests']);
    countRepelled(refusals.length);

    let from = 0;
    const everywhere: string[] = [];
    for (let n = 0; n < 30; n += 1) {
      if (n % 5 === 0) from += 1;
      everywhere.push(await refusalOf(give(guess(n), `203.0.113.${from}`)));
    }
    expect(everywhere.filter((refusal) => refusal === 'invalid-input')).toHaveLength(20);
    expect(everywhere.at(-1)).toBe('too-many-requests');
    countRepelled(everywhere.length);
  });

  it('has kept the owner out of nothing: a one-time code still lets them in', async () => {
    expect(await refusalOf(give(phone.nextCode(), '192.0.2.200'))).toBe('too-many-requests');
    expect(await give(phone.codes[0] ?? '', '192.0.2.200')).toMatchObject({ outcome: 'logged-in' });
  });
});
