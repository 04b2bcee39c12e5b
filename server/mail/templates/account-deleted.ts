import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface AccountDeleted {
  to: string;
  username: string;
  /** The same at every attempt. */
  messageId: string;
}

export function accountDeleted({ to, username, messageId }: AccountDeleted): Mail {
  return {
    to,
    messageId,
    ...renderMail({
      subject: 'Your account has been deleted',
      greeting: `Goodbye ${username},`,
      paragraphs: [
        'Your account is gone, as you asked. First we destroyed the keys to your letters, then we deleted your copies of the letters, your drafts, your friends list and your settings.',
        'Your friends keep their copies of the letters you exchanged. They’ll see “a former friend” where your name was.',
        'Your username is retired, so nobody else can take it. This is our last email to you: we delete your address along with everything else.',
      ],
      footer: 'You’re receiving this because you asked to delete your account.',
    }),
  };
}
