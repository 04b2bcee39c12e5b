import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface ResetPasswordMail {
  to: string;
  username: string;
  token: string;
  validHours: number;
  appUrl: string;
}

/**
 * Contains the link to reset a password. The link alone opens no letter: the recovery words are
 * needed, too.
 */
export function resetPasswordMail({ to, username, token, validHours, appUrl }: ResetPasswordMail): Mail {
  return {
    to,
    ...renderMail({
      subject: 'Reset your password',
      greeting: `Hello ${username},`,
      paragraphs: [
        'Someone, most likely you, asked to reset your password. Have your twelve recovery words ready: you’ll need them to keep your letters.',
        `The link works once, within ${validHours} hours.`,
      ],
      action: { label: 'Choose a new password', url: `${appUrl}/reset/${token}` },
      footer:
        'If it wasn’t you, ignore this email, or open the link and press “This wasn’t me”: nothing will change. We never ask for your words by email.',
    }),
  };
}
