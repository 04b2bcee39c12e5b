import { MINUTE } from '#core/durations.ts';
import { newFriendCode, newId } from '#core/id.ts';
import type { Stores } from '#server/deps.ts';
import {
  everyByte,
  sampleDraft,
  sampleEvent,
  sampleInvitation,
  sampleLetter,
  samplePasskey,
  samplePendingLogIn,
  samplePhoto,
  sampleSession,
  sampleToken,
  sampleUser,
} from '#tests/support/database-samples.ts';

/** Two friends, a moment, and how long the lists are. */
export interface Scene {
  readonly me: string;
  readonly friend: string;
  readonly now: Date;
  readonly limit: number;
}

type Calls = Record<keyof Stores, Record<string, () => Promise<unknown>>>;

/** One call of every method of every store, in an order in which there is something to find. */
export function everyCall(stores: Stores, scene: Scene): Calls {
  return {
    ...accountCalls(stores, scene),
    ...letterCalls(stores, scene),
    ...noticeCalls(stores, scene),
    ...stampCalls(stores, scene),
    ...deletionCalls(stores, scene),
    ...secondFactorCalls(stores, scene),
    ...limitCalls(stores),
  };
}

function accountCalls(stores: Stores, { me, friend, now, limit }: Scene) {
  const {
    installation,
    users,
    retiredKeys,
    sessions,
    tokens,
    friendships,
    friendNotices,
    invitations,
    feedback,
    audit,
    emailChanges,
  } = stores;
  const kdf = { kdfSalt: everyByte, kdfMemoryKiB: 1, kdfIterations: 1, kdfParallelism: 1 };
  const passwordKeys = { ...kdf, authVerifier: everyByte, wrappedAmk: everyByte, secretVersion: 1 };
  const seen = { id: me, credentialsSince: null };
  const recovery = { wrappedAmkRecovery: everyByte, recoveryVerifier: everyByte };
  const session = sampleSession({ userId: me });
  const token = sampleToken({ userId: me });
  const request = { requestedBy: me, userId: friend, at: now };
  const invitation = sampleInvitation({ inviterId: me });
  const change = { id: me, requestId: newId(), email: 'new@example.test', createdAt: now };
  return {
    probes: { write: () => stores.probes.write(now) },
    installation: {
      insert: () =>
        installation.insert({ secretVersion: 1, secretCheck: everyByte, demoUserIds: [], createdAt: now }),
      find: () => installation.find(),
      switchSecret: () =>
        installation.switchSecret(1, { secretVersion: 2, secretCheck: everyByte, pastSecrets: everyByte }),
      keepPast: () => installation.keepPast(2, everyByte),
      setDemo: () => installation.setDemo('made', [me]),
    },
    users: {
      insert: () => users.insert(sampleUser({ id: me, username: 'alpha', email: 'alpha@example.test' })),
      findById: () => users.findById(me),
      findByUsername: () => users.findByUsername('alpha'),
      findByEmail: () => users.findByEmail('alpha@example.test'),
      findByFriendCode: () => users.findByFriendCode(newFriendCode()),
      findManyByIds: () => users.findManyByIds([me, newId()]),
      isEmpty: () => users.isEmpty(),
      countOnPastSecret: () => users.countOnPastSecret(2, 10),
      hasSecretVersion: () => users.hasSecretVersion(1),
      correctEmail: () => users.correctEmail(me, 'alpha@example.test', 'alpha@example.test'),
      setAddressTrouble: () => users.setAddressTrouble(me, 'alpha@example.test', 'bounced'),
      expireUnconfirmed: () => users.expireUnconfirmed(new Date(0), limit),
      markEmailVerified: () => users.markEmailVerified(me, now),
      changeEmail: () => users.changeEmail(me, 'alpha@example.test', 'alpha2@example.test', now),
      setRecovery: () => users.setRecovery(seen, recovery, null),
      confirmRecovery: () => users.confirmRecovery(me, now),
      upgradePasswordKeys: () =>
        users.upgradePasswordKeys(
          { ...seen, kdfMemoryKiB: 1, kdfIterations: 1, secretVersion: null },
          passwordKeys,
        ),
      setPasswordKeys: () => users.setPasswordKeys(seen, passwordKeys, now),
      replaceKeys: () =>
        users.replaceKeys(
          { id: me, credentialsSince: now },
          { ...passwordKeys, ...recovery, recoveryConfirmedAt: null },
          now,
        ),
      forgetDevices: () => users.forgetDevices(me, now),
      setAssistedForbidden: () => users.setAssistedForbidden(me, now),
      setLocked: () => users.setLocked(me, null),
      setMobile: () => users.setMobile(me, '+15550100'),
      setProfile: () => users.setProfile(me, { displayName: 'Ælphá', timeZone: null, locale: 'sv-SE' }),
      setTimeZone: () => users.setTimeZone(me, 'Europe/Berlin'),
      savePins: () => users.savePins(me, everyByte, 0),
      setFriendCode: () => users.setFriendCode(me, newFriendCode()),
      scheduleDeletion: () => users.scheduleDeletion(me, now),
      cancelDeletion: () => users.cancelDeletion(me, new Date(0)),
      listLeaving: () => users.listLeaving(now, limit),
      deleteLeaving: () => users.deleteLeaving(newId(), now),
    },
    retiredKeys: {
      insert: () => retiredKeys.insert({ userId: me, epoch: 1, publicKey: everyByte, retiredAt: now }),
      find: () => retiredKeys.find(me, 1),
      deleteByUser: () => retiredKeys.deleteByUser(me),
    },
    sessions: {
      insert: () => sessions.insert(session),
      findByTokenHash: () => sessions.findByTokenHash(session.tokenHash),
      listByUser: () => sessions.listByUser(me),
      endOldest: () => sessions.endOldest(me, limit, newId()),
      touch: () => sessions.touch(session.id, now, session.expiresAt, '203.0.x.x'),
      setPendingPhrase: () => sessions.setPendingPhrase(session.id, everyByte),
      clearPendingPhrase: () => sessions.clearPendingPhrase(session.id),
      end: () => sessions.end(newId(), me),
      deleteByUser: () => sessions.deleteByUser(me, session.id),
      deleteAssisted: () => sessions.deleteAssisted(me),
      deleteById: () => sessions.deleteById(session.id),
    },
    tokens: {
      insert: () => tokens.insert(token),
      find: () => tokens.find(token.hash, token.purpose),
      consume: () => tokens.consume(token.hash, token.purpose, new Date()),
      deleteByUser: () => tokens.deleteByUser(me, token.purpose),
    },
    friendNotices: {
      listDue: () => friendNotices.listDue({ from: new Date(0), before: now }, limit),
      claim: () => friendNotices.claim(newId(), now),
      setDue: () => friendNotices.setDue(newId(), now, null),
    },
    invitations: {
      insert: () => invitations.insert(invitation),
      find: () => invitations.find(invitation.hash),
      listOpen: () => invitations.listOpen(me, now, limit),
      claim: () => invitations.claim(invitation.id, friend, now),
      revoke: () => invitations.revoke(invitation.id, me),
      setUsed: () => invitations.setUsed(invitation.id, now),
      deleteByInviter: () => invitations.deleteByInviter(me),
    },
    friendships: {
      insertRequest: () => friendships.insertRequest(request),
      find: () => friendships.find(me, friend),
      findById: () => friendships.findById(newId()),
      listUnseen: () => friendships.listUnseen(me, { limit }),
      markSeen: () => friendships.markSeen(me, friend, me),
      count: () => friendships.count(me, limit),
      decline: () => friendships.decline(me, friend, friend, now),
      reopen: () => friendships.reopen(request),
      repeatDeclined: () => friendships.repeatDeclined(request),
      accept: () => friendships.accept(me, friend, friend, now),
      befriend: () => friendships.befriend(request),
      listByMember: () => friendships.listByMember(me, 'accepted', { limit }),
      setBlocked: () => friendships.setBlocked(me, friend, me, now),
      remove: () => friendships.remove(me, friend, me, now),
      deleteByMember: () => friendships.deleteByMember(friend),
    },
    feedback: {
      insert: () =>
        feedback.insert({ id: newId(), userId: me, subject: 'Cats', message: 'More', createdAt: now }),
      find: () => feedback.find(friend),
      listByUser: () => feedback.listByUser(me, limit),
      forgetOldest: () => feedback.forgetOldest(me, limit),
      forgetUser: () => feedback.forgetUser(me),
    },
    emailChanges: {
      request: () => emailChanges.request({ ...change, expiresAt: new Date(Date.now() + MINUTE) }),
      find: () => emailChanges.find(me),
      setLink: () => emailChanges.setLink(me, change.requestId, 'new', 'a hash'),
      findByLink: () => emailChanges.findByLink('a hash'),
      markBounced: () => emailChanges.markBounced(me, change.requestId, now),
      agree: () => emailChanges.agree('a hash', 'new', now),
      end: () => emailChanges.end(me, newId()),
      delete: () => emailChanges.delete(me),
    },
    audit: {
      insert: () => audit.insert(sampleEvent({ userId: me, at: now })),
      has: () => audit.has(me, 'logged-in', { device: 'Firefox on Linux', address: '203.0.x.x', since: now }),
      list: async () => {
        const { nextCursor } = await audit.list(me, { limit });
        return audit.list(me, { limit, cursor: nextCursor });
      },
      forgetOldest: () => audit.forgetOldest(me, limit),
      deleteByUser: () => audit.deleteByUser(me),
    },
  };
}

function letterCalls(stores: Stores, { me, friend, now, limit }: Scene) {
  const { letters, threads, readings, drafts, photos, storages } = stores;
  const letterId = newId();
  const letter = sampleLetter({ id: letterId, authorId: me, receiverId: friend, sentAt: new Date(0) });
  const photo = samplePhoto({ authorId: me, letterId, createdAt: new Date(1) });
  const draft = sampleDraft({ authorId: me });
  return {
    letters: {
      insert: () => letters.insert(letter),
      findById: () => letters.findById(letterId),
      findForMember: () => letters.findForMember(letterId, friend),
      listQueued: () => letters.listQueued(now, limit),
      listDue: () => letters.listDue(now, limit),
      recall: () => letters.recall(letterId, friend),
      deleteRecalled: () => letters.deleteRecalled(newId()),
      markFailed: () => letters.markFailed(letterId, 'no reason'),
      requeue: () => letters.requeue(letterId, me),
      markDelivered: () => letters.markDelivered(letterId, new Date(10)),
      listInbox: async () => {
        await letters.listInbox(friend, { limit }, true);
        const { nextCursor } = await letters.listInbox(friend, { limit });
        return letters.listInbox(friend, { limit, cursor: nextCursor });
      },
      listSent: async () => {
        const { nextCursor } = await letters.listSent(me, { limit });
        return letters.listSent(me, { limit, cursor: nextCursor });
      },
      countNew: () => letters.countNew(friend, limit),
      withhold: () => letters.withhold(letterId, now),
      markRead: () => letters.markRead(letterId, friend, now, everyByte),
      forgetMember: () => letters.forgetMember(letterId, 'author'),
      delete: () => letters.delete(letterId),
    },
    threads: {
      list: async () => {
        await letters.insert({ ...letter, id: newId(), status: 'read', deliveredAt: new Date(20) });
        const { nextCursor } = await threads.list(me, friend, { limit });
        const times = { from: new Date(0), until: now };
        return threads.list(me, friend, { limit, cursor: nextCursor, ...times });
      },
      count: () => threads.count(friend, me, limit),
      start: () => threads.start(friend, me),
      setStarred: () => threads.setStarred(letterId, friend, true),
      setArchived: () => threads.setArchived(letterId, friend, true),
    },
    readings: {
      save: () => readings.save({ readerId: me, letterId, position: 1, at: now }),
      find: () => readings.find(me, letterId),
      deleteByReader: () => readings.deleteByReader(me),
    },
    drafts: {
      save: async () => {
        await drafts.save(draft, 0);
        return drafts.save(draft, 1);
      },
      find: () => drafts.find(draft.id, me),
      list: async () => {
        const { nextCursor } = await drafts.list(me, { limit });
        return drafts.list(me, { limit, cursor: nextCursor });
      },
      count: () => drafts.count(me, limit),
      trash: () => drafts.trash(draft.id, me, { at: now, expiresAt: now }),
      findOldestInTrash: () => drafts.findOldestInTrash(me),
      restore: () => drafts.restore(draft.id, me),
      delete: () => drafts.delete(draft.id, me),
    },
    storages: {
      add: async () => {
        await storages.add(me, 1, 2);
        return storages.add(me, 1, 2);
      },
      subtract: () => storages.subtract(me, 1),
      find: () => storages.find(me),
      delete: () => storages.delete(me),
    },
    photos: {
      insert: () => photos.insert(photo),
      find: () => photos.find(photo.id, letterId),
      findVariant: () => photos.findVariant(photo.id, letterId, 'preview'),
      listIds: () => photos.listIds(letterId, me, limit),
      listOrphans: () => photos.listOrphans(new Date(5), limit),
      listOrphansOf: () => photos.listOrphansOf(letterId),
      deleteOrphans: () => photos.deleteOrphans([{ ...photo, kilobytes: 0 }]),
      deleteByLetter: () => photos.deleteByLetter(letterId),
    },
  };
}

function noticeCalls(stores: Stores, { me, friend, now, limit }: Scene) {
  const { notifications, notificationSettings, mobileCodes } = stores;
  const letterId = newId();
  const requestId = newId();
  const due = new Date(20);
  const code = { id: me, requestId, mobile: '+15550100', triesLeft: 5, createdAt: now };
  const found = async () => (await mobileCodes.find(me)) ?? Promise.reject(new Error('The code is gone.'));
  return {
    notifications: {
      setDue: () => notifications.setDue('email', letterId, due),
      listDue: () => notifications.listDue('email', { from: new Date(0), before: now }, limit),
      listDueOf: () => notifications.listDueOf(friend, limit),
      claim: () => notifications.claim('email', letterId, now),
      release: () => notifications.release('email', letterId, now, due),
    },
    notificationSettings: {
      save: () => notificationSettings.save(me, { sms: 'on', verifiedMobile: '+15550100' }, now),
      find: () => notificationSettings.find(me),
      claimDigest: () => notificationSettings.claimDigest(me, due, now),
      releaseDigest: () => notificationSettings.releaseDigest(me, now, null),
      refuseSms: () => notificationSettings.refuseSms(me, '+15550100', 'stopped', now),
      delete: () => notificationSettings.delete(me),
    },
    mobileCodes: {
      request: () => mobileCodes.request({ ...code, expiresAt: new Date(Date.now() + MINUTE) }),
      find: () => mobileCodes.find(me),
      claim: () => mobileCodes.claim(me, requestId, 'mac', now),
      spendTry: async () => mobileCodes.spendTry(await found()),
      release: () => mobileCodes.release(me, requestId, 'mac'),
      refuse: () => mobileCodes.refuse(me, requestId, 'stopped'),
      consume: async () => mobileCodes.consume(await found()),
      delete: () => mobileCodes.delete(me),
    },
  };
}

function stampCalls(stores: Stores, { now, limit }: Scene) {
  const { stampIdeas, stampPictures } = stores;
  const letterId = newId();
  const forgetAt = new Date(Date.now() + MINUTE);
  return {
    stampIdeas: {
      reseal: () => stampIdeas.reseal(letterId, everyByte),
      insert: () => stampIdeas.insert({ id: letterId, idea: everyByte, forgetAt }),
      find: () => stampIdeas.find(letterId),
      listWaiting: () => stampIdeas.listWaiting({ from: new Date(0), before: forgetAt }, limit),
      forget: () => stampIdeas.forget(letterId),
    },
    stampPictures: {
      insert: () => stampPictures.insert({ id: letterId, picture: everyByte, paintedAt: now }),
      find: () => stampPictures.find(letterId),
      has: () => stampPictures.has(letterId),
      forgetMember: () => stampPictures.forgetMember(letterId, 'author'),
      delete: () => stampPictures.delete(letterId),
    },
  };
}

function deletionCalls({ deletions, formerNames }: Stores, { me, now, limit }: Scene) {
  return {
    deletions: {
      insert: () => deletions.insert({ id: me, username: 'alpha', createdAt: now, tryAt: new Date(1) }),
      find: () => deletions.find(me),
      listOpen: () => deletions.listOpen(now, limit),
      putOff: () => deletions.putOff(me, now),
      delete: () => deletions.delete(me),
    },
    formerNames: {
      insert: () => formerNames.insert('a hash', now),
      hasAny: () => formerNames.hasAny(['a hash']),
      isEmpty: () => formerNames.isEmpty(),
    },
  };
}

function limitCalls({ tryCounts }: Stores) {
  const id = newId();
  const now = new Date();
  const later = new Date(now.getTime() + MINUTE);
  return {
    tryCounts: {
      add: async () => {
        await tryCounts.add(id, 1, now, later);
        return tryCounts.add(id, 1, now, later);
      },
      find: () => tryCounts.find(id, now),
      set: () => tryCounts.set(id, 2, later),
      delete: () => tryCounts.delete(id),
    },
  };
}

function secondFactorCalls(stores: Stores, { me, now }: Scene) {
  const { secondFactors, passkeys, pendingLogIns } = stores;
  const passkey = samplePasskey({ userId: me });
  const pending = samplePendingLogIn({ userId: me });
  const found = async () =>
    (await pendingLogIns.findByTokenHash(pending.tokenHash)) ?? Promise.reject(new Error('It is gone.'));
  return {
    secondFactors: {
      find: () => secondFactors.find(me),
      listAfter: () => secondFactors.listAfter(me, 5),
      save: async () => secondFactors.save(await secondFactors.find(me), { totpStep: 1 }),
      delete: () => secondFactors.delete(me),
    },
    passkeys: {
      insert: () => passkeys.insert(passkey),
      listByUser: () => passkeys.listByUser(me),
      markUsed: () => passkeys.markUsed(passkey, '1', now),
      rename: () => passkeys.rename(me, passkey.id, 'Another name'),
      delete: () => passkeys.delete(me, passkey.id),
      deleteByUser: () => passkeys.deleteByUser(me),
    },
    pendingLogIns: {
      insert: () => pendingLogIns.insert(pending),
      findByTokenHash: () => pendingLogIns.findByTokenHash(pending.tokenHash),
      endOldest: () => pendingLogIns.endOldest(me, 20, newId()),
      setPasskeyChallenge: () => pendingLogIns.setPasskeyChallenge(pending.id, 'asked'),
      takePasskeyChallenge: async () => pendingLogIns.takePasskeyChallenge(await found()),
      spendTry: async () => pendingLogIns.spendTry(await found()),
      consume: () => pendingLogIns.consume(pending.id),
      deleteByUser: () => pendingLogIns.deleteByUser(me),
    },
  };
}
