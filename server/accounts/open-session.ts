import { importAccount } from '#core/accounts/sealed-account.ts';
import { type Bytes, decodeUtf8, encodeUtf8 } from '#core/bytes.ts';
import { openSession as openSealed, sealSession } from '#core/crypto/index.ts';
import { HOUR } from '#core/durations.ts';
import { withSecret } from '#core/with-secret.ts';
import type { Actor } from '../actor.ts';
import { coarseAddress } from '../audit/coarse-address.ts';
import { findHashed } from '../crypto/server-keys.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { describeError } from '../log.ts';
import {
  absoluteLifetime,
  cookieHalfOf,
  idleLifetime,
  sessionHashes,
  startSession,
} from './start-session.ts';

const touchEvery = HOUR;

/**
 * Finds the session of a token and its user. Null for a token that is unknown, malformed, ended or
 * expired. Extends the idle expiry, at most once an hour and never beyond the absolute one.
 *
 * @param clientAddress the client's address; stored shortened, so the owner can recognise the
 *   device
 * @param unattended extends nothing: the request is no visit of the user
 */
export async function openSession(
  deps: Deps,
  token: string,
  clientAddress?: string,
  unattended = false,
): Promise<Actor | null> {
  const cookieHalf = cookieHalfOf(token);
  if (!cookieHalf) return null;
  const session = await findHashed(sessionHashes(deps, token), deps.stores.sessions.findByTokenHash);
  const now = deps.now();
  if (!session || session.expiresAt <= now) return null;
  const user = await deps.stores.users.findById(session.userId);
  if (!user || user.lockedAt) return null;
  // The session began at the very moment its owner turned assisted mode off.
  if (session.mode === 'assisted' && user.assistedForbiddenAt) return null;

  const address = coarseAddress(clientAddress) ?? '';
  const isStale = now.getTime() - session.lastSeenAt.getTime() > touchEvery || address !== session.address;
  if (isStale && !unattended) {
    const idleEnd = now.getTime() + idleLifetime;
    const absoluteEnd = session.createdAt.getTime() + absoluteLifetime;
    const ends = new Date(Math.min(idleEnd, absoluteEnd));
    // A full disk must not stop reading: the next visit records it.
    await deps.stores.sessions
      .touch(session.id, now, ends, address)
      .catch((error: unknown) => deps.log.error('visit not noted', describeError(error)));
  }

  let keys: ReturnType<Actor['keys']> | undefined;
  const { serverHalf, sealedKeys, sealedWords } = session;
  const openKeys: Actor['keys'] = async () => {
    if (!serverHalf || !sealedKeys) throw noKeysHere();
    const raw = openSealed(cookieHalf, serverHalf, sealedKeys, `keys:${user.id}`);
    const { id: userId, keyEpoch: epoch, identityPublicKey, wrappedIdentityKey } = user;
    const account = { userId, epoch, identityPublicKey, wrappedIdentityKey };
    return withSecret(raw, (masterKey) => importAccount(masterKey, account));
  };
  return {
    userId: user.id,
    username: user.username,
    displayName: user.displayName,
    sessionId: session.id,
    loggedInAt: session.createdAt,
    timeZone: user.timeZone,
    locale: user.locale,
    stage: session.stage,
    mode: session.mode,
    deleteAt: user.deleteAt,
    phraseUnconfirmed: user.recoveryConfirmedAt === null,
    keys: () => {
      keys ??= openKeys();
      return keys;
    },
    storePendingPhrase: async (words) => {
      if (!serverHalf) throw noKeysHere();
      const plain = encodeUtf8(words.join(' '));
      const sealed = await sealSession(cookieHalf, serverHalf, plain, `words:${user.id}`);
      await deps.stores.sessions.setPendingPhrase(session.id, sealed);
    },
    renewSession: async (since = user.credentialsSince) => {
      const start = (masterKey: Bytes | null) =>
        startSession(deps, {
          user: { id: user.id, credentialsSince: since },
          stage: 'full',
          masterKey,
          userAgent: session.userAgent ?? '',
        });
      const started =
        serverHalf && sealedKeys
          ? await withSecret(openSealed(cookieHalf, serverHalf, sealedKeys, `keys:${user.id}`), start)
          : await start(null);
      await deps.stores.sessions.deleteById(session.id);
      return started;
    },
    recoveryPhrase: async () => {
      if (!sealedWords || !serverHalf) return null;
      const words = await openSealed(cookieHalf, serverHalf, sealedWords, `words:${user.id}`);
      return decodeUtf8(words).split(' ');
    },
  };
}

/** The refusal of work that only the browser can do in a sealed session. */
function noKeysHere(): AppError {
  return new AppError(
    'forbidden',
    'Your keys are only in your browser, which needs JavaScript to use them. Turn JavaScript on, or log out and log in without it.',
  );
}
