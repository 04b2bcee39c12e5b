import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface NewDevice {
  to: string;
  username: string;
  /** A date in words. */
  when: string;
  /** Like "Firefox on Windows"; empty when unknown. */
  device: string | null;
  /** Shortened; empty when unknown. */
  address: string | null;
  appUrl: string;
}

export function newDevice({ to, username, when, device, address, appUrl }: NewDevice): Mail {
  const where = [device || 'an unknown device', address ? `at ${address}` : ''].filter(Boolean);
  return {
    to,
    ...renderMail({
      subject: 'A new device logged in',
      greeting: `Hello ${username},`,
      paragraphs: [
        `Someone logged in to your account from somewhere new: ${where.join(' ')}. This was on ${when}.`,
        'If it was you, there’s nothing to do. If not, log that device out and change your password.',
      ],
      action: { label: 'Review your devices', url: `${appUrl}/settings/devices` },
      footer: 'You’re receiving this because it’s about the security of your account.',
    }),
  };
}
