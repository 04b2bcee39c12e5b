import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { makePasswordRecord, renewedKdf } from '#core/accounts/password-record.ts';
import { provePassword, underNewestShare } from '#core/accounts/sealed-account.ts';
import { openPast } from '#server/crypto/secret-ring.ts';
import { newOneTimeCodes } from '#server/second-factor/one-time-codes.ts';
import { spendCode } from '#server/second-factor/spend-code.ts';
import { leaks, placesOf } from '#tests/support/canary-places.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { logIn, makeFriends, refusalOf, sendLetter, testPassword } from '#tests/support/journey-people.ts';

let world: Installation;
afterEach(() => world.close());

const run = promisify(execFile);
/** The command an operator types, while nothing else runs on the data. */
async function rotate(
  dataDir: string,
  words: string[] = [],
  env: Record<string, string> = {},
): Promise<string> {
  const { PATH = '' } = process.env;
  const settings = { env: { PATH, DATA_DIR: dataDir, NODE_ENV: 'production' as const, ...env } };
  const { stdout } = await run(process.execPath, ['scripts/rotate-secret.ts', ...words], settings);
  return stdout;
}

const secretOf = async (dataDir: string) => (await readFile(join(dataDir, 'app-secret'), 'utf8')).trim();

/** Ends the installation's process; its data stay. */
async function stop(): Promise<string> {
  await world.settle();
  await world.container.close();
  return world.dataDir;
}
async function start(dataDir: string): Promise<void> {
  world = await openInstallation({ dataDir, rateLimits: false, cheapPasswords: true });
}

/** Logs in as a browser does that keeps its keys; it moves to today's secret if the server says there is another one. */
async function logInSealed(username: string) {
  const nobody = (await world.as(null)).accounts;
  const { argon2 } = world.container;
  const kdf = await nobody.kdf({ username });
  const proven = await provePassword(argon2, testPassword, kdf);
  const result = await nobody.logInSealed({ username, authKey: proven.authKey });
  if (!('account' in result)) throw new Error(`log-in ended with ${result.outcome}`);
  const { account, token } = result;
  const masterKey = await proven.open(account);
  const upgrade = async (typed: string, kept?: typeof kdf) => {
    const next = underNewestShare(account);
    const password = await makePasswordRecord(argon2, typed, next, next.keyShare, masterKey, kept);
    const input = { proof: { authKey: proven.authKey }, password };
    await (await world.as({ token })).accounts.upgradePasswordSealed(input);
  };
  return { account, kdf, masterKey, upgrade };
}

async function pastSecrets(dataDir: string) {
  const record = await world.container.stores.installation.find();
  return record?.pastSecrets ? openPast(await secretOf(dataDir), record.pastSecrets) : [];
}

describe('npm run rotate-secret', () => {
  it('loses no letter, no session and no code; each account moves at its next log-in, then the old secret is gone', async () => {
    world = await openInstallation({ rateLimits: false });
    const { alpha, beta } = await makeFriends(world);
    const letterId = await sendLetter(world, alpha, beta);
    const { stores, serverKeys } = world.container;
    const alphaId = (await stores.users.findByUsername('alpha'))?.id ?? '';
    const { codes, macs } = await newOneTimeCodes(serverKeys, alphaId);
    const totp = new Uint8Array(20).fill(7);
    const totpSecret = await serverKeys.sealTotpSecret(alphaId, totp);
    await stores.secondFactors.save(await stores.secondFactors.find(alphaId), { totpSecret, codeMacs: macs });
    const { account: before, kdf: remembered, masterKey } = await logInSealed('beta');
    const kdfOfAlpha = await (await world.as(null)).accounts.kdf({ username: 'alpha' });
    await (await world.as(null)).accounts.requestReset({ email: beta.email });
    const dataDir = await stop();
    const link = /\/reset\/(\S+)/.exec((await world.mails()).at(-1)?.text ?? '')?.[1] ?? '';
    const oldSecret = await secretOf(dataDir);

    expect(await rotate(dataDir)).toContain('next login: 2.');
    const newSecret = await secretOf(dataDir);
    expect(newSecret).not.toBe(oldSecret);
    const kept = (await readdir(dataDir)).filter((name) => name.startsWith('app-secret.before-'));
    expect(kept).toHaveLength(1);
    const withOld = openInstallation({ dataDir, env: { APP_SECRET: oldSecret } });
    await expect(withOld).rejects.toThrow('does not match this database');
    countRepelled();

    await start(dataDir);
    const title = 'A title of a letter';
    expect((await (await world.as(beta)).inClear.readLetter({ id: letterId })).content?.title).toBe(title);
    // What the server can open is under the new secret at once, and readable.
    const now = world.container;
    const factor = await now.stores.secondFactors.find(alphaId);
    expect(factor.totpSecret).not.toEqual(totpSecret);
    expect(await now.serverKeys.openTotpSecret(alphaId, factor.totpSecret as typeof totp)).toEqual(totp);
    await spendCode(now, alphaId, codes[0] ?? '', { clientAddress: '192.0.2.1', userAgent: '' });
    await now.stores.secondFactors.save(await now.stores.secondFactors.find(alphaId), { totpSecret: null });
    expect(await (await world.as(null)).accounts.checkReset({ token: link })).toMatchObject({
      asksForCode: false,
    });

    // Without JavaScript the server moves the account by itself.
    await now.stores.secondFactors.delete(alphaId);
    await logIn(world, 'alpha');
    expect(await now.stores.users.findById(alphaId)).toMatchObject({ secretVersion: 2 });
    // Another salt at the same cost would tell alpha's other devices of a new password.
    expect(await (await world.as(null)).accounts.kdf({ username: 'alpha' })).toEqual(kdfOfAlpha);
    // With it the browser does.
    const first = await logInSealed('beta');
    expect(first.masterKey).toEqual(masterKey);
    expect(first.account.keyShare).toEqual(before.keyShare);
    // A new secret is no occasion for another password, nor for another salt.
    expect(await refusalOf(first.upgrade('of a stranger 8', first.kdf))).toBe('conflict');
    expect(await refusalOf(first.upgrade(testPassword))).toBe('conflict');
    countRepelled(2);
    await first.upgrade(testPassword, renewedKdf(first.kdf));
    expect(await refusalOf(first.upgrade(testPassword, first.kdf))).toBe('conflict');
    const second = await logInSealed('beta');
    expect(second.kdf).toEqual(remembered);
    expect(second.masterKey).toEqual(masterKey);
    expect(second.account.keyShare).not.toEqual(before.keyShare);
    expect(second.account.renewed).toBeUndefined();
    expect(await pastSecrets(dataDir)).toEqual([{ version: 1, secret: oldSecret }]);
    // The database has the earlier one sealed; log and mails have neither.
    const places = (await placesOf(world, [])).filter(({ name }) => !name.startsWith('file app-secret'));
    expect(places.some(({ name }) => /^file .*sqlite$/.test(name))).toBe(true);
    const secrets = [oldSecret, newSecret].map((secret) => ({ name: 'secret of the server', secret }));
    expect(leaks(places, secrets)).toEqual([]);

    expect(await rotate(await stop(), ['--status'])).toContain('No account needs the old secret any more');
    await start(dataDir);
    const [past] = await pastSecrets(dataDir);
    expect(past).toEqual({ version: 1, lookup: expect.anything() });
    // Words and links from before find their account all the same.
    const fresh = 'another lantern 12';
    const reset = { token: link, words: beta.words.join(' '), password: fresh, confirm: fresh };
    const { token } = await (await world.as(null)).accounts.resetPassword(reset);
    expect(token).toHaveLength(43);
    expect((await (await world.as(alpha)).letters.sent({})).letters).toHaveLength(1);
  }, 240_000);

  it('goes on where it was cut short, and changes a secret of the environment only for another one', async () => {
    world = await openInstallation({ rateLimits: false });
    const { alpha } = await makeFriends(world);
    const dataDir = await stop();
    // The database was switched, and then the power went.
    const old = await secretOf(dataDir);
    const next = 'what the file beside it says, thirty-two';
    await rotate(dataDir, [], { NEW_APP_SECRET: next });
    await expect(openInstallation({ dataDir })).rejects.toThrow('does not match this database');
    await writeFile(join(dataDir, 'app-secret.next'), `${next}\n`);
    await start(dataDir);
    expect(await secretOf(dataDir)).toBe(next);
    expect(await (await world.as(alpha)).accounts.me()).toMatchObject({ username: 'alpha' });
    await stop();

    for (const NEW_APP_SECRET of ['short', next, old])
      await expect(rotate(dataDir, [], { APP_SECRET: next, NEW_APP_SECRET })).rejects.toThrow(/secret/i);
    await expect(rotate(dataDir, [], { APP_SECRET: next })).rejects.toThrow(/Set NEW_APP_SECRET/);
    countRepelled(4);
    await start(dataDir);
    await logIn(world, 'alpha');
  }, 240_000);
});
