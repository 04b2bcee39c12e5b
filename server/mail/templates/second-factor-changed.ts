import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface SecondFactorChanged {
  to: string;
  username: string;
  /** Absolute, without a trailing slash. */
  appUrl: string;
}

/** Tells the owner that something is asked for at log-in now that was not before, or the other way round. */
export function secondFactorChanged({ to, username, appUrl }: SecondFactorChanged): Mail {
  return {
    to,
    ...renderMail({
      subject: 'Your two-factor log-in was changed',
      greeting: `Hello ${username},`,
      paragraphs: [
        'What your account asks for at log-in, beside the password, was just changed: the app, the passkeys or the one-time codes.',
        'If it was you, there is nothing to do. If it was not, change your password at once.',
      ],
      action: { label: 'Look at it', url: `${appUrl}/settings/two-factor` },
      footer: 'You get this because it is about the safety of your account.',
    }),
  };
}
