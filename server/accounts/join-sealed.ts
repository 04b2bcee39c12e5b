import { equalBytes, fromHex } from '#core/bytes.ts';
import { HOUR } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import type { JoinSealedInput } from '#core/schemas/sealed-accounts.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { insertAccount, requireFreeName } from './join.ts';
import { keepPassword, keepRecovery } from './make-key-records.ts';
import { type StartedSession, startSession } from './start-session.ts';

/** How long a ticket is valid, ms: enough to think of a password. */
const ticketLifetime = HOUR;

export interface JoinTicket {
  /** Made by the server, so that no client gets the key share of an id it chose. */
  userId: string;
  keyShare: Uint8Array<ArrayBuffer>;
  ticket: string;
}

/** Issues an account id and the server's share of its key. Stores nothing. */
export async function beginJoin(deps: Deps): Promise<JoinTicket> {
  const userId = newId();
  const expires = deps.now().getTime() + ticketLifetime;
  return {
    userId,
    keyShare: await deps.serverKeys.keyShare(userId, 1),
    ticket: `${expires}.${await ticketMac(deps, userId, expires)}`,
  };
}

/**
 * Creates an account whose keys were made in the browser, with a session for confirming the words.
 *
 * @throws {AppError} `conflict` when the username is taken or the ticket was used; `invalid-input`
 *   for a ticket that has expired or belongs to another account.
 */
export async function joinSealed(
  deps: Deps,
  input: JoinSealedInput,
  device: { userAgent: string },
): Promise<StartedSession> {
  const { userId, ticket, username, email, mobile, identityPublicKey, wrappedIdentityKey } = input;
  await requireTicket(deps, userId, ticket);
  if (await deps.stores.users.findById(userId)) {
    throw new AppError('conflict', 'This account already exists. Log in with your new password.');
  }
  await requireFreeName(deps, username);
  await insertAccount(deps, {
    id: userId,
    username,
    email,
    mobile,
    ...(await keepPassword(deps, deps.serverKeys.version, input.password)),
    ...(await keepRecovery(deps, input.recovery)),
    keyEpoch: 1,
    identityPublicKey,
    wrappedIdentityKey,
  });
  const user = { id: userId, credentialsSince: null };
  return startSession(deps, { user, stage: 'joining', masterKey: null, userAgent: device.userAgent });
}

async function requireTicket(deps: Deps, userId: string, ticket: string): Promise<void> {
  const [expires = '', mac = ''] = ticket.split('.');
  const good =
    /^\d{1,16}$/.test(expires) &&
    /^[0-9a-f]{64}$/.test(mac) &&
    Number(expires) > deps.now().getTime() &&
    equalBytes(fromHex(mac), fromHex(await ticketMac(deps, userId, Number(expires))));
  if (!good) throw new AppError('invalid-input', 'This page was open for too long. Press the button again.');
}

function ticketMac(deps: Deps, userId: string, expires: number): Promise<string> {
  return deps.serverKeys.hashToken(`join:${userId}:${expires}`);
}
