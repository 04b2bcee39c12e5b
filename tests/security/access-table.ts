/**
 * Who may open what. Every address of the built pages and every procedure has to be in these tables: the tests are made
 * from the route manifest and the router, and fail for one that is not here.
 */

export type PageAccess =
  /** Open to all, and shows nothing of anybody. */
  | 'anyone'
  /** Needs a session; one of somebody who is still joining is enough. */
  | 'joining'
  /** Needs somebody who is logged in, and shows only what is theirs. */
  | 'person'
  /** Needs one of the two friends of the letter in the address. */
  | 'letter'
  /** Needs the writer of the draft in the address. */
  | 'draft'
  /** Needs a friend of the person in the address. */
  | 'friend'
  /** Open to whoever is logged in and knows the code in the address. */
  | 'code'
  /** Shows the local mailbox, on this machine only. */
  | 'mailbox'
  /** Not a page: see the table of procedures. */
  | 'procedures';

export const pages: Record<string, PageAccess> = {
  '/': 'anyone',
  '/*': 'anyone',
  '/about': 'anyone',
  '/features': 'anyone',
  '/feedback': 'anyone',
  '/forgot': 'anyone',
  '/join': 'anyone',
  '/login': 'anyone',
  '/logout': 'anyone',
  '/reset/:token': 'anyone',
  '/reset/:token/afresh': 'anyone',
  '/unsubscribe/:token': 'anyone',
  '/verify/:token': 'anyone',
  '/email/:token': 'anyone',
  '/join/confirm': 'joining',
  '/join/mail': 'anyone',
  '/join/words': 'joining',
  '/drafts': 'person',
  '/friends': 'person',
  '/friends/code.svg': 'person',
  '/inbox': 'person',
  '/sent': 'person',
  '/settings': 'person',
  '/settings/appearance': 'person',
  '/settings/email': 'person',
  '/settings/notifications': 'person',
  '/settings/password': 'person',
  '/settings/profile': 'person',
  '/settings/recovery': 'person',
  '/write': 'person',
  '/write/autosave': 'person',
  '/letters/:id': 'letter',
  '/letters/:id/photos/:n': 'letter',
  '/letters/:id/photos/:n/view': 'letter',
  '/letters/:id/place': 'letter',
  '/letters/:id/stamp': 'letter',
  '/drafts/:id/photos/:n': 'draft',
  '/friends/:username/safety': 'friend',
  '/friends/remove/:username': 'friend',
  '/friends/add/:code': 'code',
  '/dev/mailbox': 'mailbox',
  '/api/trpc/*': 'procedures',
};

export type ProcedureAccess = 'anyone' | 'joining' | 'person' | 'letter' | 'draft' | 'friend' | 'code';

export const procedures: Record<string, ProcedureAccess> = {
  'accounts.me': 'anyone',
  'accounts.join': 'anyone',
  'accounts.verifyEmail': 'anyone',
  'accounts.logIn': 'anyone',
  'accounts.logOut': 'anyone',
  'accounts.requestReset': 'anyone',
  'accounts.checkReset': 'anyone',
  'accounts.resetPassword': 'anyone',
  'accounts.startAfresh': 'anyone',
  'accounts.kdf': 'anyone',
  'accounts.logInSealed': 'anyone',
  'accounts.beginJoin': 'anyone',
  'accounts.joinSealed': 'anyone',
  'accounts.openReset': 'anyone',
  'accounts.resetSealed': 'anyone',
  'accounts.beginAfresh': 'anyone',
  'accounts.startAfreshSealed': 'anyone',
  'accounts.confirmWordsSealed': 'joining',
  'accounts.renewWordsSealed': 'joining',
  'accounts.changePasswordSealed': 'person',
  'accounts.upgradePasswordSealed': 'person',
  'accounts.assisted': 'person',
  'accounts.setAssisted': 'person',
  'accounts.recoveryWords': 'joining',
  'accounts.confirmWords': 'joining',
  'accounts.changePassword': 'person',
  'accounts.renewWords': 'person',
  'drafts.list': 'person',
  'drafts.save': 'person',
  'drafts.open': 'draft',
  'drafts.photo': 'draft',
  'drafts.discard': 'draft',
  'drafts.sealedList': 'person',
  'drafts.sealed': 'draft',
  'drafts.saveSealed': 'person',
  'drafts.sealedPhoto': 'draft',
  'photos.uploadSealed': 'person',
  'deletion.ask': 'person',
  'deletion.cancel': 'person',
  'feedback.give': 'anyone',
  'friends.list': 'person',
  'friends.myCode': 'person',
  'friends.lookUp': 'code',
  'friends.request': 'code',
  'friends.accept': 'friend',
  'friends.remove': 'friend',
  'friends.decline': 'friend',
  'friends.key': 'friend',
  'friends.trustKey': 'friend',
  'friends.keys': 'friend',
  'friends.pins': 'person',
  'friends.savePins': 'person',
  'friends.block': 'person',
  'friends.unblock': 'person',
  'friends.renewCode': 'person',
  'letters.send': 'person',
  'letters.inbox': 'person',
  'letters.sent': 'person',
  'letters.countNew': 'person',
  'letters.read': 'letter',
  'letters.photo': 'letter',
  'letters.savePlace': 'letter',
  'letters.retry': 'letter',
  'letters.sendSealed': 'person',
  'letters.sealedInbox': 'person',
  'letters.sealedSent': 'person',
  'letters.sealed': 'letter',
  'letters.sealedPhoto': 'letter',
  'letters.markRead': 'letter',
  'activity.list': 'person',
  'profile.read': 'person',
  'profile.save': 'person',
  'emailChange.state': 'person',
  'emailChange.request': 'person',
  'emailChange.cancel': 'person',
  'emailChange.check': 'anyone',
  'emailChange.agree': 'anyone',
  'emailChange.refuse': 'anyone',
  'stamps.offered': 'person',
  'stamps.picture': 'letter',
  'stamps.sealed': 'letter',
  'notifications.settings': 'person',
  'notifications.save': 'person',
  'notifications.setMobile': 'person',
  'notifications.confirmMobile': 'person',
  'notifications.removeMobile': 'person',
  'notifications.checkUnsubscribe': 'anyone',
  'notifications.unsubscribe': 'anyone',
};
