import type { AccountKeys } from '../account-keys.ts';
import type { Bytes } from '../bytes.ts';
import {
  type LetterContent,
  type PhotoSeal,
  type SealedLetter,
  SUITE,
  sealHeading,
  sealLetter,
} from '../crypto/index.ts';

import { hasMotif, type StampMotif } from '../stamps/stamp-motifs.ts';

interface Composition {
  letterId: string;
  /** The friend and the epoch of their key. The caller has checked the key. */
  to: { userId: string; epoch: number; publicKey: Bytes };
  content: LetterContent;
  photos: PhotoSeal[];
  key: Bytes;
  /** ms since 1970 */
  createdAt: number;
  /** The motif of the drawn stamp; any unless given. */
  stamp?: StampMotif | undefined;
}

/**
 * Seals a letter to a friend and to its author, and its title for the author's own list.
 * @throws CryptoRefusal `malformed` if photos and content don't belong together or the friend's key
 *   is unusable
 */
export async function composeLetter(
  keys: AccountKeys,
  { letterId, to, content, photos, key, createdAt, stamp }: Composition,
): Promise<{ letter: SealedLetter; heading: Bytes }> {
  const letter = await sealLetter({
    envelope: {
      suite: SUITE,
      letterId,
      authorId: keys.userId,
      receiverId: to.userId,
      authorEpoch: keys.epoch,
      receiverEpoch: to.epoch,
      createdAt,
    },
    content,
    photos,
    key,
    author: keys.identity,
    receiverPublicKey: to.publicKey,
    accepts: stamp && ((hash) => hasMotif(hash, stamp)),
  });
  return {
    letter,
    heading: await sealHeading(keys.masterKey, { letterId, userId: keys.userId }, content.title),
  };
}
