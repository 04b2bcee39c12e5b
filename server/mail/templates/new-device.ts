import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface NewDevice {
  to: string;
  username: string;
  /** A date in words. */
  when: string;
  /** In words; empty when it is not known. */
  device: string | null;
  /** Shortened; empty when it is not known. */
  address: string | null;
  /** Absolute, without a trailing slash. */
  appUrl: string;
}

/** Tells the owner of a log-in from somewhere new. */
export function newDevice({ to, username, when, device, address, appUrl }: NewDevice): Mail {
  const where = [device || 'a device we know nothing of', address ? `at ${address}` : ''].filter(Boolean);
  return {
    to,
    ...renderMail({
      subject: 'A new device logged in',
      greeting: `Hello ${username},`,
      paragraphs: [
        `Somebody logged in to your account from somewhere we had not seen before: ${where.join(' ')}. It was ${when}.`,
        'If it was you, there is nothing to do. If not, end that device and change your password.',
      ],
      action: { label: 'See your devices', url: `${appUrl}/settings/devices` },
      footer: 'You get this because it is about the safety of your account.',
    }),
  };
}
