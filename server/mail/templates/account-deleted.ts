import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface AccountDeleted {
  to: string;
  username: string;
  /** The same at every attempt. */
  messageId: string;
}

/** The receipt at the end of an account. */
export function accountDeleted({ to, username, messageId }: AccountDeleted): Mail {
  return {
    to,
    messageId,
    ...renderMail({
      subject: 'Your account is deleted',
      greeting: `Goodbye ${username},`,
      paragraphs: [
        'Your account is gone, as you wished. The keys to your letters were destroyed first, then your copies of the letters, your drafts, your list of friends and your settings.',
        'Letters you exchanged stay with the friends who have them: their copies are theirs. They see "a former friend" where your name was.',
        'Your name is given to nobody else. This is the last mail you get from us; your address is deleted with it.',
      ],
      footer: 'You get this as the receipt for the deletion of your account.',
    }),
  };
}
