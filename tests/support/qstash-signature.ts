import { createHash, createHmac, randomUUID } from 'node:crypto';

const base64url = (value: string | Uint8Array) => Buffer.from(value).toString('base64url');

/** Claims of an `Upstash-Signature`; what a test sets to undefined is left out. */
export function qstashClaims(url: string, body: Uint8Array, changes: Record<string, unknown> = {}) {
  const nowS = Math.floor(Date.now() / 1000);
  return {
    iss: 'Upstash',
    sub: url,
    exp: nowS + 300,
    nbf: nowS,
    iat: nowS,
    jti: `jwt_${randomUUID()}`,
    body: createHash('sha256').update(body).digest('base64url'),
    ...changes,
  };
}

/** A compact JWS with HMAC (RFC 7515, RFC 7518 3.2); `none` leaves the signature empty. */
export function signToken(claims: object, key: string, alg: 'HS256' | 'HS512' | 'none' = 'HS256'): string {
  const signed = `${base64url(JSON.stringify({ alg, typ: 'JWT' }))}.${base64url(JSON.stringify(claims))}`;
  if (alg === 'none') return `${signed}.`;
  return `${signed}.${createHmac(alg === 'HS256' ? 'sha256' : 'sha512', key)
    .update(signed)
    .digest('base64url')}`;
}

export function signDelivery(url: string, body: Uint8Array, key: string): string {
  return signToken(qstashClaims(url, body), key);
}
