import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface FriendNewsMail {
  to: string;
  receiverName: string;
  /** Who asks or has accepted; their username too where they go by another name. */
  otherName: string;
  otherUsername: string;
  friendshipId: string;
  at: Date;
  unsubscribeUrl: string;
  appUrl: string;
}

/** Tells a user who would like to write to them. */
export function friendRequested(news: FriendNewsMail): Mail {
  const { otherName, appUrl } = news;
  return friendMail(news, 'request', {
    subject: `${otherName} would like to write to you`,
    paragraphs: [
      `${otherName} would like to write to you. Accept, and you can send each other letters. If you don’t know them, decline; we won’t tell them.`,
    ],
    action: { label: 'See request', url: `${appUrl}/friends` },
    footer: 'You’re receiving this because someone sent you a friend request on Project BFF.',
  });
}

/** Tells a user that the friend they asked or invited can be written to now. */
export function friendAccepted(news: FriendNewsMail, what: 'request' | 'invitation'): Mail {
  const { otherName, otherUsername, appUrl } = news;
  const sent = what === 'request' ? 'sent a friend request' : 'made an invitation';
  return friendMail(news, 'acceptance', {
    subject: `${otherName} accepted your ${what}`,
    paragraphs: [`${otherName} accepted your ${what}. You can write to each other now.`],
    action: { label: 'Say hello', url: `${appUrl}/write?to=${otherUsername}` },
    footer: `You’re receiving this because you ${sent} on Project BFF.`,
  });
}

type Words = Pick<Parameters<typeof renderMail>[0], 'subject' | 'paragraphs' | 'action' | 'footer'>;

function friendMail(news: FriendNewsMail, about: 'request' | 'acceptance', words: Words): Mail {
  const { to, receiverName, friendshipId, at, unsubscribeUrl, appUrl } = news;
  return {
    to,
    listUnsubscribe: unsubscribeUrl,
    messageId: `<${about}.${friendshipId}.${at.getTime()}@${new URL(appUrl).hostname}>`,
    ...renderMail({
      greeting: `Hello ${receiverName},`,
      stop: { label: 'Unsubscribe', url: unsubscribeUrl },
      ...words,
    }),
  };
}
