import {
  type Bytes,
  concatBytes,
  equalBytes,
  fromBase64Url,
  fromHex,
  toBase64Url,
  toHex,
} from '#core/bytes.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

const ID_BYTES = 12;

/**
 * Makes the link that turns off email notifications without a login. It never expires, so that it
 * works in old mails too. Its signature is bound to this one purpose.
 */
export async function unsubscribeUrl(
  deps: { serverKeys: Pick<Deps['serverKeys'], 'hashToken'>; env: Pick<Deps['env'], 'APP_URL'> },
  userId: string,
): Promise<string> {
  const token = concatBytes(fromHex(userId), await signatureOf(deps, userId));
  return `${deps.env.APP_URL}/unsubscribe/${toBase64Url(token)}`;
}

/**
 * Reads the user of an unsubscribe link.
 *
 * @throws {AppError} `not-found` for a link this installation did not make.
 */
export async function readUnsubscribeToken(
  deps: { serverKeys: Pick<Deps['serverKeys'], 'hashesOf'> },
  token: string,
): Promise<{ userId: string }> {
  const bytes = decode(token);
  const userId = bytes && toHex(bytes.slice(0, ID_BYTES));
  const signatures = userId ? await deps.serverKeys.hashesOf(textOf(userId)) : [];
  if (!userId || !signatures.some((good) => equalBytes(bytes.slice(ID_BYTES), fromHex(good)))) {
    throw new AppError(
      'not-found',
      'This link is incomplete. Copy all of it from the email, or log in and change your settings.',
    );
  }
  return { userId };
}

/** Turns off notifications by email; repeating it changes nothing. */
export async function unsubscribe(
  deps: Pick<Deps, 'serverKeys' | 'stores' | 'log' | 'now'>,
  token: string,
): Promise<void> {
  const { userId } = await readUnsubscribeToken(deps, token);
  if (!(await deps.stores.users.findById(userId))) return;
  await deps.stores.notificationSettings.save(userId, { email: 'off' }, deps.now());
  deps.log.info('email notifications unsubscribed', { userId });
}

async function signatureOf(
  { serverKeys }: { serverKeys: Pick<Deps['serverKeys'], 'hashToken'> },
  userId: string,
): Promise<Bytes> {
  return fromHex(await serverKeys.hashToken(textOf(userId)));
}

const textOf = (userId: string) => `unsubscribe-email:${userId}`;

function decode(token: string): Bytes | null {
  try {
    return fromBase64Url(token);
  } catch {
    return null;
  }
}
