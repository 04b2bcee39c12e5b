import { type Bytes, randomBytes } from '#core/bytes.ts';
import { HOUR, MINUTE } from '#core/durations.ts';
import { newFriendCode, newId } from '#core/id.ts';
import type { NewSession } from '#server/accounts/session.store.ts';
import type { Token } from '#server/accounts/token.store.ts';
import type { NewUser } from '#server/accounts/user.store.ts';
import type { AuditEvent } from '#server/audit/audit.store.ts';
import type { NewEntity } from '#server/db/entity.ts';
import type { DraftToSave } from '#server/drafts/draft.store.ts';
import type { Invitation } from '#server/friends/invitation.store.ts';
import type { NewLetter } from '#server/letters/letter.store.ts';
import type { PendingLogIn } from '#server/log-in/pending-log-in.store.ts';
import type { StoredPhoto } from '#server/photos/photo.store.ts';
import type { Passkey } from '#server/second-factor/passkey.store.ts';

/** Every byte value once: what is written as text anywhere would come back changed. */
export const everyByte: Bytes = Uint8Array.from({ length: 256 }, (_, i) => i);

export function sampleUser(changes: Partial<NewUser> = {}): NewUser {
  const id = newId();
  return {
    id,
    username: `u${id.slice(0, 12)}`,
    displayName: 'Alpha',
    email: `${id}@example.test`,
    friendCode: newFriendCode(),
    createdAt: new Date(1_700_000_000_000),
    kdfSalt: randomBytes(16),
    kdfMemoryKiB: 65_536,
    kdfIterations: 3,
    kdfParallelism: 1,
    authVerifier: randomBytes(32),
    wrappedAmk: randomBytes(61),
    wrappedAmkRecovery: randomBytes(61),
    recoveryVerifier: randomBytes(32),
    keyEpoch: 1,
    identityPublicKey: randomBytes(32),
    wrappedIdentityKey: randomBytes(61),
    ...changes,
  };
}

export function sampleLetter(changes: Partial<NewLetter> = {}): NewLetter {
  return {
    id: newId(),
    authorId: newId(),
    receiverId: newId(),
    status: 'queued',
    suite: 1,
    authorEpoch: 1,
    receiverEpoch: 1,
    createdAt: new Date(1_700_000_000_000),
    sentAt: new Date(1_700_000_000_500),
    payload: randomBytes(2048),
    sealedForReceiver: randomBytes(81),
    sealedForAuthor: randomBytes(81),
    photoIds: [],
    photoFullHashes: [],
    photoPreviewHashes: [],
    hash: '00'.repeat(32),
    authorHeading: randomBytes(120),
    ...changes,
  };
}

export function sampleDraft(changes: Partial<DraftToSave> = {}): DraftToSave {
  return {
    id: newId(),
    authorId: newId(),
    payload: randomBytes(1500),
    sealedKey: randomBytes(61),
    photoIds: [],
    photoFullHashes: [],
    photoPreviewHashes: [],
    createdAt: new Date(1_700_000_000_000),
    updatedAt: new Date(1_700_000_000_000),
    ...changes,
  };
}

export function samplePhoto(changes: Partial<StoredPhoto> = {}): StoredPhoto {
  return {
    id: newId(),
    letterId: newId(),
    authorId: newId(),
    full: randomBytes(4000),
    preview: randomBytes(1200),
    createdAt: new Date(1_700_000_000_000),
    ...changes,
  };
}

export function sampleSession(changes: Partial<NewSession> = {}): NewSession {
  return {
    id: newId(),
    tokenHash: `hash-${newId()}`,
    userId: newId(),
    stage: 'joining',
    mode: 'assisted',
    serverHalf: randomBytes(32),
    sealedKeys: randomBytes(61),
    createdAt: new Date(),
    lastSeenAt: new Date(),
    expiresAt: new Date(Date.now() + HOUR),
    ...changes,
  };
}

export function sampleToken(changes: Partial<Token> = {}): Token {
  return {
    id: newId(),
    hash: `hash-${newId()}`,
    purpose: 'verify-email',
    userId: newId(),
    address: null,
    createdAt: new Date(),
    expiresAt: new Date(Date.now() + HOUR),
    ...changes,
  };
}

export function sampleInvitation(changes: Partial<Invitation> = {}): Invitation {
  return {
    id: newId(),
    hash: `hash-${newId()}`,
    inviterId: newId(),
    claimedBy: null,
    usedAt: null,
    createdAt: new Date(),
    expiresAt: new Date(Date.now() + HOUR),
    ...changes,
  };
}

export function sampleEvent(changes: Partial<AuditEvent> = {}): NewEntity<AuditEvent> {
  return {
    id: newId(),
    userId: newId(),
    kind: 'logged-in',
    at: new Date(1_700_000_000_000),
    expiresAt: new Date(Date.now() + HOUR),
    ...changes,
  };
}

export function samplePasskey(changes: Partial<Passkey> = {}): Passkey {
  return {
    id: newId(),
    userId: newId(),
    credentialId: `credential ${newId()}`,
    publicKey: everyByte,
    counter: '0',
    transports: ['usb', 'nfc'],
    name: 'Blue key',
    createdAt: new Date(1_700_000_000_000),
    lastUsedAt: null,
    ...changes,
  };
}

export function samplePendingLogIn(changes: Partial<PendingLogIn> = {}): PendingLogIn {
  return {
    id: newId(),
    tokenHash: `hash ${newId()}`,
    userId: newId(),
    mode: 'assisted',
    passwordHash: 'of a password',
    serverHalf: randomBytes(32),
    sealedKeys: everyByte,
    passkeyChallenge: null,
    triesLeft: 5,
    createdAt: new Date(1_700_000_000_000),
    expiresAt: new Date(Date.now() + 10 * MINUTE),
    ...changes,
  };
}
