import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface LettersWaiting {
  to: string;
  receiverName: string;
  /** At least 1. */
  count: number;
  unsubscribeUrl: string;
  appUrl: string;
}

/** The daily summary, for a user who does not want a mail for each letter. */
export function lettersWaiting({ to, receiverName, count, unsubscribeUrl, appUrl }: LettersWaiting): Mail {
  const waiting = count === 1 ? '1 letter is waiting' : `${count} letters are waiting`;
  return {
    to,
    listUnsubscribe: unsubscribeUrl,
    ...renderMail({
      subject: `${waiting} for you`,
      greeting: `Hello ${receiverName},`,
      paragraphs: [
        `${waiting} for you, sealed. Open ${count === 1 ? 'it' : 'them'} whenever you have a quiet moment.`,
      ],
      action: { label: 'Open your inbox', url: `${appUrl}/inbox` },
      footer: 'You’re receiving this daily summary because friends wrote to you on Project BFF.',
      stop: { label: 'Unsubscribe', url: unsubscribeUrl },
    }),
  };
}
