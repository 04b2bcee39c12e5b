import type { Bytes } from '../bytes.ts';
import { decodeUtf8, encodeUtf8, fromHex } from '../bytes.ts';
import { withSecret } from '../with-secret.ts';
import { damaged, openWithSubkey, sealWithSubkey } from './aead.ts';
import { encodeFields } from './encode-fields.ts';
import { importHkdfKey, type Subkeys } from './hkdf.ts';
import { openAnonymous, sealAnonymously } from './hpke.ts';
import { type Identity, withPair } from './identity.ts';
import { LETTER_KEY_LENGTH, newLetterKey } from './letter-key.ts';
import type { LetterReader } from './letter-types.ts';
import { padPadme, unpadPadme } from './padding.ts';
import { hashCiphertext } from './photo.ts';
import { SUITE } from './suite.ts';

const PURPOSE_PICTURE = 'bff/v1/stamp-picture';
const PURPOSE_KEY = 'bff/v1/stamp-key';
const PURPOSE_IDEA = 'bff/v1/stamp-idea';

/** One of the two friends, and the epoch of the key the stamp is sealed to. */
export type StampReader = { role: LetterReader; userId: string; epoch: number };
export type StampRecipient = StampReader & { publicKey: Bytes };

/** A stored painted stamp. A friend without keys has no sealed key. */
export type SealedStamp = {
  picture: Bytes;
  sealedForReceiver: Bytes | null;
  sealedForAuthor: Bytes | null;
};

/**
 * Seals a painted stamp under a new key, and that key to each recipient. The worker has no private
 * key, so this is HPKE **Base** mode, unlike a letter's key. It hides the picture but doesn't prove
 * who painted it, so a stamp is no evidence. It binds the letter, role, user and epoch, and the
 * hash of the sealed picture.
 * @throws CryptoRefusal `malformed` if a recipient's key is unusable
 */
export async function sealStamp(input: {
  letterId: string;
  picture: Bytes;
  recipients: StampRecipient[];
}): Promise<SealedStamp> {
  const { letterId, recipients } = input;
  return withSecret(newLetterKey(), async (key) => {
    const picture = await sealWithSubkey(
      await importHkdfKey(key),
      PURPOSE_PICTURE,
      [letterId],
      input.picture,
    );
    const sealFor = async (role: LetterReader) => {
      const recipient = recipients.find((candidate) => candidate.role === role);
      if (!recipient) return null;
      return sealAnonymously({
        recipientPublicKey: recipient.publicKey,
        info: PURPOSE_KEY,
        associatedData: await boundTo(letterId, recipient, picture),
        plaintext: key,
      });
    };
    const [sealedForReceiver, sealedForAuthor] = await Promise.all([sealFor('receiver'), sealFor('author')]);
    return { picture, sealedForReceiver, sealedForAuthor };
  });
}

/**
 * The inverse of {@link sealStamp}.
 * @throws CryptoRefusal `damaged` for another letter, reader, key or picture, and if there is no
 *   key for this reader; `unknown-suite`.
 */
export async function openStamp(input: {
  letterId: string;
  stamp: SealedStamp;
  reader: StampReader;
  identity: Identity;
}): Promise<Bytes> {
  const { letterId, stamp, reader, identity } = input;
  const sealed = reader.role === 'author' ? stamp.sealedForAuthor : stamp.sealedForReceiver;
  if (!sealed) throw damaged();
  const associatedData = await boundTo(letterId, reader, stamp.picture);
  const opened = withPair(identity, (recipient) =>
    openAnonymous({ recipient, info: PURPOSE_KEY, associatedData, sealed }),
  );
  return withSecret(opened, async (key) => {
    if (key.length !== LETTER_KEY_LENGTH) throw damaged();
    return openWithSubkey(await importHkdfKey(key), PURPOSE_PICTURE, [letterId], stamp.picture);
  });
}

/**
 * The place of a stored idea: the author's draft, or the worker that will show it to the painter.
 */
type IdeaPlace = 'draft' | 'worker';

/**
 * Seals a stamp idea: in a draft under its author's master key, for the worker under a server key,
 * since the server will show it to the painter. It is padded, so that all ideas look alike.
 * @param base the master key, or an HKDF key of the server
 */
export function sealStampIdea(
  base: CryptoKey | Subkeys,
  place: IdeaPlace,
  letterId: string,
  idea: string,
): Promise<Bytes> {
  return sealWithSubkey(base, PURPOSE_IDEA, [place, letterId], padPadme(encodeUtf8(idea)));
}

/**
 * The inverse of {@link sealStampIdea}.
 * @throws CryptoRefusal `damaged` for another key, place or letter; `unknown-suite`.
 */
export async function openStampIdea(
  base: CryptoKey | Subkeys,
  place: IdeaPlace,
  letterId: string,
  sealed: Bytes,
): Promise<string> {
  return decodeUtf8(unpadPadme(await openWithSubkey(base, PURPOSE_IDEA, [place, letterId], sealed)));
}

async function boundTo(letterId: string, reader: StampReader, picture: Bytes): Promise<Bytes> {
  const pictureHash = fromHex(await hashCiphertext(picture));
  return encodeFields(PURPOSE_KEY, SUITE, reader.role, letterId, reader.userId, reader.epoch, pictureHash);
}
