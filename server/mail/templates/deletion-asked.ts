import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface DeletionAsked {
  to: string;
  username: string;
  /** When the account goes. */
  deleteAt: Date;
  /** Absolute, without a trailing slash. */
  appUrl: string;
}

/** Tells the owner that their account goes in a week, so that a stranger's wish does not stay unseen. */
export function deletionAsked({ to, username, deleteAt, appUrl }: DeletionAsked): Mail {
  const day = deleteAt.toLocaleDateString('en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  return {
    to,
    ...renderMail({
      subject: `Your account will be deleted on ${day}`,
      greeting: `Hello ${username},`,
      paragraphs: [
        `You asked us to delete your account. It will be gone on ${day}, for good. Until then everything works as before, and your friends are not told.`,
        'If you want to keep your letters, make a copy of them before that day.',
        'If you have thought better of it, or it was not you: log in and call it off. If it was not you, change your password, too.',
      ],
      action: { label: 'Keep my account', url: `${appUrl}/settings/delete` },
      footer: 'You get this because it is about the end of your account.',
    }),
  };
}
