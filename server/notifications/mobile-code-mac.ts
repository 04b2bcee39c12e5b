import type { ServerKeys } from '../crypto/server-keys.ts';
import type { MobileCode } from './mobile-code.store.ts';

/** How a code is kept: good for one request, one person and one number, and without the server's secret for nothing. */
export function mobileCodeMac(
  keys: Pick<ServerKeys, 'hashToken'>,
  request: Pick<MobileCode, 'id' | 'requestId' | 'mobile'>,
  code: string,
): Promise<string> {
  return keys.hashToken(textOf(request, code));
}

/** How it may be kept: a code that was texted before the server's secret was changed is still good. */
export function mobileCodeMacs(
  keys: Pick<ServerKeys, 'hashesOf'>,
  request: Pick<MobileCode, 'id' | 'requestId' | 'mobile'>,
  code: string,
): Promise<string[]> {
  return keys.hashesOf(textOf(request, code));
}

const textOf = ({ id, requestId, mobile }: Pick<MobileCode, 'id' | 'requestId' | 'mobile'>, code: string) =>
  `mobile-code:${id}:${requestId}:${mobile}:${code}`;
