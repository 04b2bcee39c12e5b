import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

export type SecurityChange =
  | 'words-renewed'
  | 'password-strengthened'
  | 'assisted-forbidden'
  | 'assisted-allowed';

interface SecurityChanged {
  to: string;
  username: string;
  change: SecurityChange;
  appUrl: string;
}

interface Words {
  subject: string;
  happened: string;
  ifNot: string;
  action: { label: string; path: string };
}

const newPassword = { label: 'Set a new password', path: '/settings/password' };

const words: Record<SecurityChange, Words> = {
  'words-renewed': {
    subject: 'You have new recovery words',
    happened: 'New recovery words were just made for your account. The old ones no longer work.',
    ifNot: 'If it wasn’t you, change your password, then get new words.',
    action: newPassword,
  },
  'password-strengthened': {
    subject: 'Your password is better protected',
    happened:
      'At a login just now, your password’s protection was updated to today’s stronger settings. The password itself should still be the same.',
    ifNot: 'If you didn’t just log in, or your password no longer works, set a new one.',
    action: { label: 'It wasn’t me', path: '/forgot' },
  },
  'assisted-forbidden': {
    subject: 'Login without JavaScript is off',
    happened: 'Logging in to your account without JavaScript was just turned off.',
    ifNot: 'If it wasn’t you, change your password.',
    action: newPassword,
  },
  'assisted-allowed': {
    subject: 'Login without JavaScript is on',
    happened:
      'Logging in to your account without JavaScript was just turned on. Our server can then see your password and open your letters while it makes a page.',
    ifNot: 'If it wasn’t you, change your password and turn it off again.',
    action: newPassword,
  },
};

/** Tells the owner of a change to their account's protection, in case a stranger made it. */
export function securityChanged({ to, username, change, appUrl }: SecurityChanged): Mail {
  const { subject, happened, ifNot, action } = words[change];
  return {
    to,
    ...renderMail({
      subject,
      greeting: `Hello ${username},`,
      paragraphs: [happened, `If it was you, there’s nothing to do. ${ifNot}`],
      action: { label: action.label, url: `${appUrl}${action.path}` },
      footer: 'You’re receiving this because it’s about the security of your account.',
    }),
  };
}
