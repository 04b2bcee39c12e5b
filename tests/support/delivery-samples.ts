import type { Bytes } from '#core/bytes.ts';
import { newFriendCode, newId } from '#core/id.ts';
import type { Stores } from '#server/deps.ts';

const bytes = (length = 8): Bytes => new Uint8Array(length).fill(7);

/** People and queued letters between friends as the database has them; their sealed content opens nowhere. */
export function createSamples(stores: Pick<Stores, 'users' | 'letters' | 'friendships'>, now: () => Date) {
  async function addUser(
    username: string,
    verified = true,
    email = `${username}@example.test`,
  ): Promise<string> {
    const id = newId();
    const at = now();
    await stores.users.insert({
      id,
      username,
      displayName: username,
      email,
      emailVerifiedAt: verified ? at : null,
      mobile: null,
      createdAt: at,
      kdfSalt: bytes(16),
      kdfMemoryKiB: 65_536,
      kdfIterations: 3,
      kdfParallelism: 1,
      authVerifier: bytes(32),
      wrappedAmk: bytes(),
      wrappedAmkRecovery: bytes(),
      recoveryVerifier: bytes(32),
      recoveryConfirmedAt: null,
      keyEpoch: 1,
      identityPublicKey: bytes(32),
      wrappedIdentityKey: bytes(),
      friendCode: newFriendCode(),
      timeZone: null,
    });
    return id;
  }

  async function addLetter(authorId: string, receiverId: string, sentAt = now()): Promise<string> {
    const letterId = newId();
    if (!(await stores.friendships.find(authorId, receiverId))) {
      await stores.friendships.befriend({ requestedBy: authorId, userId: receiverId, at: sentAt });
    }
    await stores.letters.insert({
      id: letterId,
      status: 'queued',
      authorId,
      receiverId,
      suite: 1,
      authorEpoch: 1,
      receiverEpoch: 1,
      createdAt: sentAt,
      sentAt,
      payload: bytes(),
      sealedForReceiver: bytes(),
      sealedForAuthor: bytes(),
      photoIds: [],
      photoFullHashes: [],
      photoPreviewHashes: [],
      hash: '00'.repeat(32),
      authorHeading: bytes(),
    });
    return letterId;
  }

  return { addUser, addLetter };
}
