import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface ResetPasswordMail {
  to: string;
  username: string;
  token: string;
  /** Minutes the link works. */
  validHours: number;
  /** Absolute, without a trailing slash. */
  appUrl: string;
}

/** Carries the link to a new password. The link alone opens nothing: the recovery words are asked for behind it. */
export function resetPasswordMail({ to, username, token, validHours, appUrl }: ResetPasswordMail): Mail {
  return {
    to,
    ...renderMail({
      subject: 'A new password',
      greeting: `Hello ${username},`,
      paragraphs: [
        'Somebody, most likely you, asked for a new password. Have your twelve recovery words ready: they keep your letters readable.',
        `The link works once, within ${validHours} hours.`,
      ],
      action: { label: 'Choose a new password', url: `${appUrl}/reset/${token}` },
      footer:
        'If it was not you, ignore this mail, or press “This wasn’t me” behind the link: nothing changes. We never ask for your words by mail.',
    }),
  };
}
