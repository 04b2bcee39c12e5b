/**
 * The only entrance to cryptography, the same in browser, server and worker. It refuses everything
 * unproven with a {@link CryptoRefusal}, and never returns it.
 */
export type { DraftRef } from './draft.ts';
export { openDraft, sealDraft } from './draft.ts';
export type { HeadingRef } from './heading.ts';
export { openHeading, sealHeading } from './heading.ts';
export { hkdfBytes, importHkdfKey } from './hkdf.ts';
export type { Identity, IdentityContext } from './identity.ts';
export { createIdentity, openIdentity } from './identity.ts';
export type { Argon2id, KdfParams } from './kdf-params.ts';
export { checkKdfParams, currentKdfParams, isWeakerKdf, kdfCeiling, kdfFloor } from './kdf-params.ts';
export type { KeyOwner } from './key-fingerprint.ts';
export { keyFingerprint } from './key-fingerprint.ts';
export { letterHash, openLetter, sealLetter } from './letter.ts';
export { photoMediaTypes } from './letter-content.ts';
export { newLetterKey, unwrapLetterKey, wrapLetterKey } from './letter-key.ts';
export type {
  DraftContent,
  LetterContent,
  LetterEnvelope,
  LetterReader,
  PhotoManifestEntry,
  PhotoSeal,
  PhotoVariant,
  SealedLetter,
  SealedStationery,
} from './letter-types.ts';
export type { MasterKey, MasterKeyContext } from './master-key.ts';
export { importMasterKey, newMasterKey, takeApart, unwrapMasterKey, wrapMasterKey } from './master-key.ts';
export type { PasswordKeys } from './password-keys.ts';
export { derivePasswordKeys, newSalt, withPasswordKeys } from './password-keys.ts';
export type { PhotoRef } from './photo.ts';
export { hashCiphertext, openPhoto, PHOTO_VERSION, sealPhoto } from './photo.ts';
export { deriveRecoveryKeys, newRecoveryPhrase, parseRecoveryPhrase } from './recovery-phrase.ts';
export type { RefusalReason } from './refusal.ts';
export { CryptoRefusal, isCryptoRefusal } from './refusal.ts';
export type { SafetyNumberParty } from './safety-number.ts';
export { safetyNumber } from './safety-number.ts';
export { isPaddedLength, maxSealedContent, sealedLengths } from './sealed-lengths.ts';
export { openForSelf, openSession, sealForSelf, sealSession } from './self.ts';
export { openForServer, sealForServer } from './server-seal.ts';
export type { SealedStamp, StampReader, StampRecipient } from './stamp-seal.ts';
export { openStamp, openStampIdea, sealStamp, sealStampIdea } from './stamp-seal.ts';
export { SUITE } from './suite.ts';
