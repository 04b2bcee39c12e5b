import type { ServerKeys } from '../crypto/server-keys.ts';
import type { MobileCode } from './mobile-code.store.ts';

/**
 * The MAC a code is stored as: bound to one request, user and number, and useless without the
 * server's secret.
 */
export function mobileCodeMac(
  keys: Pick<ServerKeys, 'hashToken'>,
  request: Pick<MobileCode, 'id' | 'requestId' | 'mobile'>,
  code: string,
): Promise<string> {
  return keys.hashToken(textOf(request, code));
}

/**
 * All MACs a code may be stored as: codes texted before a rotation of the server secret stay valid.
 */
export function mobileCodeMacs(
  keys: Pick<ServerKeys, 'hashesOf'>,
  request: Pick<MobileCode, 'id' | 'requestId' | 'mobile'>,
  code: string,
): Promise<string[]> {
  return keys.hashesOf(textOf(request, code));
}

const textOf = ({ id, requestId, mobile }: Pick<MobileCode, 'id' | 'requestId' | 'mobile'>, code: string) =>
  `mobile-code:${id}:${requestId}:${mobile}:${code}`;
