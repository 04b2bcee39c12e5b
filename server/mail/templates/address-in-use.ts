import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface AddressInUse {
  to: string;
  /** The account that has verified the address. */
  ownerName: string;
  appUrl: string;
}

/**
 * Tells the owner of an address that a new account was created with it; the join form did not
 * reveal that.
 */
export function addressInUse({ to, ownerName, appUrl }: AddressInUse): Mail {
  return {
    to,
    ...renderMail({
      subject: 'You already have an account',
      greeting: `Hello ${ownerName},`,
      paragraphs: [
        `Someone created a new account with this email address, which already belongs to your account ${ownerName}.`,
        'If that was you, log in to the account you have. If not, there’s nothing to do: the new account can’t use your address.',
      ],
      action: { label: 'Log in', url: `${appUrl}/login` },
      footer: 'You’re receiving this because someone entered your address to join Project BFF.',
    }),
  };
}
