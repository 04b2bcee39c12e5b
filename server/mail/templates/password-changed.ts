import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface PasswordChanged {
  to: string;
  username: string;
  /** Absolute, without a trailing slash. */
  appUrl: string;
}

/** Tells the owner that the password is another one now, so that a stranger's change does not stay unseen. */
export function passwordChanged({ to, username, appUrl }: PasswordChanged): Mail {
  return {
    to,
    ...renderMail({
      subject: 'Your password was changed',
      greeting: `Hello ${username},`,
      paragraphs: [
        'The password of your account was just changed, and every other device was logged out.',
        'If it was you, there is nothing to do.',
      ],
      action: { label: 'It was not me', url: `${appUrl}/forgot` },
      footer: 'You get this because it is about the safety of your account.',
    }),
  };
}
