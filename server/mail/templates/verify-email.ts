import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface VerifyEmail {
  to: string;
  username: string;
  token: string;
  validHours: number;
  appUrl: string;
}

/** Contains the link that confirms an address. The recovery words are never mailed. */
export function verifyEmailMail({ to, username, token, validHours, appUrl }: VerifyEmail): Mail {
  return {
    to,
    ...renderMail({
      subject: 'Confirm your email address',
      greeting: `Welcome, ${username}!`,
      paragraphs: [
        'One more step: confirm that this address is yours, so we can tell you when a letter arrives.',
        `The link works for ${validHours} hours. If it has expired, log in to get a new one; only the newest works.`,
      ],
      action: { label: 'Confirm address', url: `${appUrl}/verify/${token}` },
      footer:
        'If you didn’t join Project BFF, open the link and press “This wasn’t me”, and we’ll stop emailing you about that account. If you ignore this email, nothing happens.',
    }),
  };
}
