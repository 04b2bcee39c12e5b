import type { SealedLetter, SUITE } from '#core/crypto/index.ts';
import { fromPhotoColumns, toPhotoColumns } from '../photos/photo-columns.ts';
import type { NewLetter, StoredLetter } from './letter.store.ts';

type SealedFields = Pick<
  NewLetter,
  | 'id'
  | 'suite'
  | 'authorId'
  | 'receiverId'
  | 'authorEpoch'
  | 'receiverEpoch'
  | 'createdAt'
  | 'payload'
  | 'sealedForReceiver'
  | 'sealedForAuthor'
  | 'photoIds'
  | 'photoFullHashes'
  | 'photoPreviewHashes'
>;

/** A sealed letter as its document keeps it. */
export function toStoredFields({ letterId, createdAt, photos, ...sealed }: SealedLetter): SealedFields {
  return { id: letterId, createdAt: new Date(createdAt), ...sealed, ...toPhotoColumns(photos) };
}

/** The sealed letter inside a document. An unknown suite is passed on as it is: opening refuses it. */
export function toSealedLetter(stored: StoredLetter): SealedLetter {
  const { id, suite, authorId, receiverId, authorEpoch, receiverEpoch, createdAt } = stored;
  return {
    suite: suite as typeof SUITE,
    letterId: id,
    authorId,
    receiverId,
    authorEpoch,
    receiverEpoch,
    createdAt: createdAt.getTime(),
    payload: stored.payload,
    sealedForReceiver: stored.sealedForReceiver,
    sealedForAuthor: stored.sealedForAuthor,
    photos: fromPhotoColumns(stored),
  };
}
