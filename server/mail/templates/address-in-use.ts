import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface AddressInUse {
  to: string;
  /** The account that has verified the address. */
  ownerName: string;
  /** Absolute, without a trailing slash. */
  appUrl: string;
}

/** For the owner of an address with which somebody joined once more; the form did not say that it is taken. */
export function addressInUse({ to, ownerName, appUrl }: AddressInUse): Mail {
  return {
    to,
    ...renderMail({
      subject: 'You have an account already',
      greeting: `Hello ${ownerName},`,
      paragraphs: [
        `Somebody made a new account with this e-mail address, which belongs to your account ${ownerName}.`,
        'If that was you: log in with the account you have. If it was not: there is nothing to do, the new account cannot use your address.',
      ],
      action: { label: 'Log in', url: `${appUrl}/login` },
      footer: 'You get this because your address was typed into the join form of Project BFF.',
    }),
  };
}
