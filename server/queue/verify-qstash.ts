import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { inSeconds } from '#core/durations.ts';

/** The signing keys of a QStash account; during a rotation messages are signed with either. */
export interface QstashKeys {
  current: string;
  next: string;
}

interface SignedRequest {
  /** The `Upstash-Signature` header. */
  signature: string | null;
  body: Uint8Array;
  /** Our own address of the endpoint, from the configuration and never from the request. */
  url: string;
}

type SignatureRefusal =
  | 'no-signature'
  | 'malformed'
  | 'wrong-algorithm'
  | 'wrong-key'
  | 'missing-claims'
  | 'wrong-issuer'
  | 'other-url'
  | 'expired'
  | 'not-yet-valid'
  | 'changed-body';

/**
 * The request is not from QStash, or not for us. The reason is for the log; the answer has none.
 */
export class SignatureRefused extends Error {
  override readonly name = 'SignatureRefused';
  readonly reason: SignatureRefusal;

  constructor(reason: SignatureRefusal) {
    super(`The signature was refused: ${reason}.`);
    this.reason = reason;
  }
}

const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  exp: z.number(),
  nbf: z.number(),
  body: z.string(),
});

/** Seconds by which the sender's clock may be ahead of ours. */
const CLOCK_AHEAD_S = 5;

/**
 * Verifies a delivery with the official receiver, by the current and then the next key. First
 * checks what the receiver does not: it accepts a token without expiry and any HMAC algorithm, and
 * compares the URL only if it is given. https://upstash.com/docs/qstash/features/security
 *
 * @returns an id of the token, made of its signed content: a replayed request has the same,
 *   whatever its headers say
 * @throws {SignatureRefused} with the first reason found
 */
export async function verifyQstash(
  request: SignedRequest,
  keys: QstashKeys,
  now: Date,
): Promise<{ tokenId: string }> {
  const { signature, body, url } = request;
  if (!signature) throw new SignatureRefused('no-signature');
  const [header, payload] = readToken(signature);
  if (!z.object({ alg: z.literal('HS256') }).safeParse(header).success)
    throw new SignatureRefused('wrong-algorithm');
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) throw new SignatureRefused('missing-claims');
  const { iss, sub, exp, nbf, body: bodyHash } = claims.data;
  const nowS = inSeconds(now.getTime());
  if (iss !== 'Upstash') throw new SignatureRefused('wrong-issuer');
  if (sub !== url) throw new SignatureRefused('other-url');
  if (exp <= nowS) throw new SignatureRefused('expired');
  if (nbf > nowS + CLOCK_AHEAD_S) throw new SignatureRefused('not-yet-valid');
  if (!isHashOf(body, bodyHash)) throw new SignatureRefused('changed-body');
  // Last, and decisive: until here the token only claims.
  await assertSigned(signature, body, url, keys);
  const signed = signature.slice(0, signature.lastIndexOf('.'));
  return { tokenId: createHash('sha256').update(signed).digest('hex') };
}

async function assertSigned(
  signature: string,
  body: Uint8Array,
  url: string,
  keys: QstashKeys,
): Promise<void> {
  const { Receiver } = await import('@upstash/qstash');
  const receiver = new Receiver({
    currentSigningKey: keys.current,
    nextSigningKey: keys.next,
    // Otherwise an environment variable could replace our public keys with the development
    // server's.
    devMode: false,
  });
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    if (await receiver.verify({ signature, body: text, url, clockTolerance: CLOCK_AHEAD_S })) return;
  } catch {
    // Whatever the error, it is not signed with one of our keys.
  }
  throw new SignatureRefused('wrong-key');
}

/** The two readable parts of a compact JWS (RFC 7515, 3.1), not verified. */
function readToken(signature: string): [header: unknown, payload: unknown] {
  const parts = signature.split('.');
  if (parts.length !== 3) throw new SignatureRefused('malformed');
  try {
    const [header, payload] = parts
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
    return [header, payload];
  } catch {
    throw new SignatureRefused('malformed');
  }
}

/** Compares a body with its claimed hash, which is base64url with or without padding. */
function isHashOf(body: Uint8Array, claim: string): boolean {
  const actual = createHash('sha256').update(body).digest();
  const claimed = Buffer.from(claim, 'base64url');
  return actual.length === claimed.length && timingSafeEqual(actual, claimed);
}
