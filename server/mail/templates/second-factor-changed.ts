import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface SecondFactorChanged {
  to: string;
  username: string;
  appUrl: string;
}

/** Tells the owner that two-step login was changed, in case a stranger did it. */
export function secondFactorChanged({ to, username, appUrl }: SecondFactorChanged): Mail {
  return {
    to,
    ...renderMail({
      subject: 'Your two-step login was changed',
      greeting: `Hello ${username},`,
      paragraphs: [
        'Your two-step login was just changed: your authenticator app, passkeys or one-time codes.',
        'If it was you, there’s nothing to do. If not, change your password right away.',
      ],
      action: { label: 'Review two-step login', url: `${appUrl}/settings/two-factor` },
      footer: 'You’re receiving this because it’s about the security of your account.',
    }),
  };
}
