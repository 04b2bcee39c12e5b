import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface VerifyEmail {
  to: string;
  username: string;
  token: string;
  /** Hours the link works. */
  validHours: number;
  /** Absolute, without a trailing slash. */
  appUrl: string;
}

/** Carries the link that confirms an address. The recovery words are never mailed. */
export function verifyEmailMail({ to, username, token, validHours, appUrl }: VerifyEmail): Mail {
  return {
    to,
    ...renderMail({
      subject: 'Confirm your e-mail address',
      greeting: `Welcome, ${username}!`,
      paragraphs: [
        'One more step: confirm that this address is yours, so that we can tell you when a letter comes.',
        `The link works for ${validHours} hours. If it is too old, log in and you get a new one; only the newest works.`,
      ],
      action: { label: 'Confirm this address', url: `${appUrl}/verify/${token}` },
      footer:
        'If you did not join Project BFF, open the link and press “This wasn’t me”: then we write to you no more about that account. Ignored, nothing happens.',
    }),
  };
}
