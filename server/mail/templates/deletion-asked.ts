import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface DeletionAsked {
  to: string;
  username: string;
  deleteAt: Date;
  appUrl: string;
}

/**
 * Tells the owner that their account will be deleted in a week, in case a stranger asked for it.
 */
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
        `You asked us to delete your account. On ${day} it will be gone for good. Until then, everything works as before, and we won’t tell your friends.`,
        'If you want to keep your letters, export a copy before then.',
        'If you’ve changed your mind, log in and keep your account. If it wasn’t you who asked, change your password, too.',
      ],
      action: { label: 'Keep my account', url: `${appUrl}/settings/delete` },
      footer: 'You’re receiving this because someone asked to delete your account.',
    }),
  };
}
