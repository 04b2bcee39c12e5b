import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface LetterArrived {
  to: string;
  receiverName: string;
  authorName: string;
  letterId: string;
  unsubscribeUrl: string;
  appUrl: string;
}

/**
 * Tells the receiver who wrote, without the letter's title or content: the server cannot read them.
 */
export function letterArrived(notification: LetterArrived): Mail {
  const { to, receiverName, authorName, letterId, unsubscribeUrl, appUrl } = notification;
  return {
    to,
    listUnsubscribe: unsubscribeUrl,
    // One id a letter: a mail program that gets the notification twice can show it once.
    messageId: `<letter.${letterId}@${new URL(appUrl).hostname}>`,
    ...renderMail({
      subject: `${authorName} sent you a letter`,
      greeting: `Hello ${receiverName},`,
      paragraphs: [
        `${authorName} sent you a letter. It’s sealed, so only you can open it, whenever you have a quiet moment.`,
      ],
      action: { label: 'Open the letter', url: `${appUrl}/letters/${letterId}` },
      footer: 'You’re receiving this because a friend wrote to you on Project BFF.',
      stop: { label: 'Unsubscribe', url: unsubscribeUrl },
    }),
  };
}
