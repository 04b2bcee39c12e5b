import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { NewPasskeyAnswer, PasskeyAnswer } from '#core/schemas/second-factor.ts';

/**
 * An authenticator in a few lines (WebAuthn level 3, 6.5.4 and 7): a P-256 key, no attestation, a counter. What it signs
 * can be bent in every way a real one would not let happen.
 */
export interface Bent {
  origin?: string;
  rpId?: string;
  /** In place of the next one. */
  counter?: number;
  type?: string;
  challenge?: string;
}

export function softPasskey({ origin, rpId }: { origin: string; rpId: string }) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  let counter = 0;

  const clientData = (type: string, challenge: string, bent: Bent) =>
    Buffer.from(
      JSON.stringify({
        type: bent.type ?? type,
        challenge: bent.challenge ?? challenge,
        origin: bent.origin ?? origin,
      }),
    );
  const authenticatorData = (flags: number, bent: Bent) => {
    counter = bent.counter ?? counter + 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(bent.rpId ?? rpId), Buffer.from([flags]), count]);
  };
  const common = {
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key' as const,
    clientExtensionResults: {},
  };
  return {
    id: common.id,

    /** Answers `navigator.credentials.create`. */
    create({ challenge }: { challenge: string }, bent: Bent = {}): NewPasskeyAnswer {
      const key = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ]);
      const idLength = Buffer.from([0, id.length]);
      const data = Buffer.concat([
        authenticatorData(USER_PRESENT | ATTESTED, bent),
        Buffer.alloc(16),
        idLength,
        id,
        key,
      ]);
      const length = Buffer.from([0x58, data.length]);
      const attestation = [cborMap3, text('fmt'), text('none'), text('attStmt'), cborEmpty, text('authData')];
      return {
        ...common,
        response: {
          clientDataJSON: clientData('webauthn.create', challenge, bent).toString('base64url'),
          attestationObject: Buffer.concat([...attestation, length, data]).toString('base64url'),
          transports: ['internal'],
        },
      };
    },

    /** Answers `navigator.credentials.get`. */
    get({ challenge }: { challenge: string }, bent: Bent = {}): PasskeyAnswer {
      const client = clientData('webauthn.get', challenge, bent);
      const data = authenticatorData(USER_PRESENT, bent);
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
      return {
        ...common,
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
        },
      };
    },
  };
}

const USER_PRESENT = 0x01;
const ATTESTED = 0x40;
const cborMap3 = Buffer.from([0xa3]);
const cborEmpty = Buffer.from([0xa0]);
const text = (value: string) => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
