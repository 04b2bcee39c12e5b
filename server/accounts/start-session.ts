import type { Bytes } from '#core/bytes.ts';
import { encodeUtf8, fromBase64Url, randomBytes, toBase64Url } from '#core/bytes.ts';
import { sealSession } from '#core/crypto/index.ts';
import { DAY } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Deps } from '../deps.ts';
import { credentialsJustChanged, sameCredentials } from './credentials.ts';
import { nameDevice } from './known-device.ts';
import type { SessionStage } from './session.store.ts';
import type { SeenCredentials } from './user.store.ts';

/** How long a session lasts without a visit, ms. */
export const idleLifetime = 14 * DAY;
/** How long a session lasts after login at most, ms. */
export const absoluteLifetime = 90 * DAY;

export interface StartedSession {
  /** The cookie half, base64url of 32 bytes: returned once, never stored by the server. */
  token: string;
  expiresAt: Date;
  /** Marks this device as known at the next login; grants no access. */
  device: string;
}

interface NewSession {
  /** The session's user, as read when the password was proven. */
  user: SeenCredentials;
  stage: SessionStage;
  /**
   * The raw account master key of an assisted session; null for a sealed one, which holds no key.
   */
  masterKey: Bytes | null;
  recoveryPhrase?: string[];
  userAgent: string;
}

/**
 * Starts a session. An assisted one stores the master key under two halves: neither the cookie nor
 * the database alone opens it (design: "Two session modes"). A sealed one stores no key.
 *
 * @throws {AppError} `unauthenticated`, leaving no session, when password, words or known devices
 *   changed since the account was read: that change ended every session, and this one must not
 *   outlive it.
 */
export async function startSession(deps: Deps, session: NewSession): Promise<StartedSession> {
  const cookieHalf = randomBytes(32);
  const serverHalf = randomBytes(32);
  const now = deps.now();
  const expiresAt = new Date(now.getTime() + absoluteLifetime);
  const { user } = session;
  const id = newId();
  await deps.stores.sessions.insert({
    id,
    tokenHash: await sessionHash(deps, toBase64Url(cookieHalf)),
    userId: user.id,
    stage: session.stage,
    mode: session.masterKey ? 'assisted' : 'sealed',
    serverHalf: session.masterKey && serverHalf,
    sealedKeys:
      session.masterKey && (await sealSession(cookieHalf, serverHalf, session.masterKey, `keys:${user.id}`)),
    sealedWords: session.recoveryPhrase
      ? await sealSession(
          cookieHalf,
          serverHalf,
          encodeUtf8(session.recoveryPhrase.join(' ')),
          `words:${user.id}`,
        )
      : null,
    userAgent: session.userAgent.slice(0, 300),
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + idleLifetime),
  });
  if (!sameCredentials(await deps.stores.users.findById(user.id), user)) {
    await deps.stores.sessions.deleteById(id);
    throw credentialsJustChanged();
  }
  await deps.stores.sessions.endOldest(user.id, limits.sessions, id);
  return { token: toBase64Url(cookieHalf), expiresAt, device: await nameDevice(deps, user) };
}

/** The hashes a session may be stored under: one per server secret. */
export function sessionHashes(deps: Pick<Deps, 'serverKeys'>, token: string): Promise<string[]> {
  return deps.serverKeys.hashesOf(`session:${token}`);
}

/** The keyed hash a session is stored under, so that a copy of the database holds no token. */
export function sessionHash(deps: Pick<Deps, 'serverKeys'>, token: string): Promise<string> {
  return deps.serverKeys.hashToken(`session:${token}`);
}

/** The cookie half of a token; null for anything but 32 bytes of base64url. */
export function cookieHalfOf(token: string): Bytes | null {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  try {
    return fromBase64Url(token);
  } catch {
    // 43 characters hold two bits more than 32 bytes; those must be zero.
    return null;
  }
}
