import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface PasswordChanged {
  to: string;
  username: string;
  appUrl: string;
}

/** Tells the owner that the password was changed, in case a stranger did it. */
export function passwordChanged({ to, username, appUrl }: PasswordChanged): Mail {
  return {
    to,
    ...renderMail({
      subject: 'Your password was changed',
      greeting: `Hello ${username},`,
      paragraphs: [
        'Your password was just changed, and all your other devices were logged out.',
        'If it was you, there’s nothing to do. If not, reset your password right away.',
      ],
      action: { label: 'It wasn’t me', url: `${appUrl}/forgot` },
      footer: 'You’re receiving this because it’s about the security of your account.',
    }),
  };
}
