import type { ServerKeys } from '../crypto/server-keys.ts';
import type { MobileCode } from './mobile-code.store.ts';

/** How a code is kept: good for one request, one person and one number, and without the server's secret for nothing. */
export function mobileCodeMac(
  keys: Pick<ServerKeys, 'hashToken'>,
  request: Pick<MobileCode, 'id' | 'requestId' | 'mobile'>,
  code: string,
): Promise<string> {
  return keys.hashToken(`mobile-code:${request.id}:${request.requestId}:${request.mobile}:${code}`);
}
