import { Secret } from 'otpauth';
import type { Bytes } from '#core/bytes.ts';
import { newMasterKey } from '#core/crypto/index.ts';
import { startPendingLogIn } from '#server/log-in/pending-log-in.ts';
import type { Installation } from './installation.ts';
import { type Person, testPassword } from './journey-people.ts';
import { totpCodeAt } from './totp-code.ts';

/** A person's phone with the app, and the paper with the one-time codes. */
export interface Phone {
  secret: Bytes;
  /** The text that was typed into the app. */
  text: string;
  codes: string[];
  /** A code that was not shown before: half a minute goes by first. */
  nextCode(): string;
  /** What it shows at this moment. */
  shownCode(): string;
}

export const proof = { password: testPassword };

/** Sets up an authenticator app; the clock of the installation is stopped from here on. */
export async function setUpApp(world: Installation, person: Pick<Person, 'token'>): Promise<Phone> {
  world.clock.freeze();
  const { secondFactor } = await world.as(person);
  await secondFactor.beginApp({ proof });
  const { text } = (await secondFactor.pendingApp()) ?? { text: '' };
  const app = appOf(world, text);
  const { codes } = await secondFactor.confirmApp({ code: app.shownCode() });
  return { ...app, text, codes: codes ?? [] };
}

/** An app that was told a secret, by the installation's clock. */
export function appOf(world: Installation, text: string): Pick<Phone, 'secret' | 'nextCode' | 'shownCode'> {
  const secret = Uint8Array.from(Secret.fromBase32(text).bytes);
  const shownCode = () => totpCodeAt(secret, world.container.now());
  const nextCode = () => {
    world.clock.advance(30_000);
    return shownCode();
  };
  return { secret, shownCode, nextCode };
}

/** The right name and password of somebody whose account asks for more: the challenge that is left. */
export async function beginLogIn(
  world: Installation,
  { username, password = testPassword }: { username: string; password?: string },
): Promise<string> {
  const result = await (await world.as(null)).accounts.logIn({ username, password });
  if (result.outcome !== 'second-factor') throw new Error(`log-in ended with ${result.outcome}`);
  return result.challenge;
}

/** The same without the work of a password, for tests of what comes after it. */
export async function waitingLogIn(world: Installation, { username }: { username: string }): Promise<string> {
  const { container } = world;
  const user = await container.stores.users.findByUsername(username);
  if (!user) throw new Error(`there is no ${username}`);
  const proven = { mode: 'assisted', masterKey: newMasterKey() } as const;
  return (await startPendingLogIn(container, user, proven)).challenge;
}
