import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface ChangeEmailMail {
  to: string;
  username: string;
  /** The address that is to be used. */
  newEmail: string;
  token: string;
  /** Hours the link works. */
  validHours: number;
  /** Absolute, without a trailing slash. */
  appUrl: string;
}

/** To the address that is to be used: is it theirs? */
export function confirmNewEmail({ to, username, token, validHours, appUrl }: ChangeEmailMail): Mail {
  return {
    to,
    ...renderMail({
      subject: 'Is this your new address?',
      greeting: `Hello ${username},`,
      paragraphs: [
        `The account ${username} is to use this e-mail address from now on. Confirm that it is yours.`,
        `The address used until now has to agree, too: we have written there as well. The link works once, within ${validHours} hours.`,
      ],
      action: { label: 'Yes or no', url: `${appUrl}/email/${token}` },
      footer: 'If you know nothing of this, say no behind the link, or ignore this mail: nothing changes.',
    }),
  };
}

/** To the address that is used now: does its owner agree? */
export function agreeToNewEmail(mail: ChangeEmailMail): Mail {
  const { to, username, newEmail, token, validHours, appUrl } = mail;
  return {
    to,
    ...renderMail({
      subject: 'May your address be changed?',
      greeting: `Hello ${username},`,
      paragraphs: [
        `Somebody who knows your password, most likely you, wants your account to use ${newEmail} instead of this address.`,
        `Nothing changes unless you agree. The link works once, within ${validHours} hours.`,
      ],
      action: { label: 'Yes or no', url: `${appUrl}/email/${token}` },
      footer: 'If it was not you: say no behind the link, and change your password.',
    }),
  };
}

/** To the owner of an address that another account wanted; the form did not say that it is taken. */
export function newEmailInUse({
  to,
  ownerName,
  appUrl,
}: {
  to: string;
  ownerName: string;
  appUrl: string;
}): Mail {
  return {
    to,
    ...renderMail({
      subject: 'Your address belongs to your account',
      greeting: `Hello ${ownerName},`,
      paragraphs: [
        `Somebody wanted another account to use this e-mail address, which belongs to your account ${ownerName}.`,
        'If that was you: an address is good for one account. Change it here first, or take another one there. If it was not: there is nothing to do.',
      ],
      action: { label: 'To your settings', url: `${appUrl}/settings/email` },
      footer: 'You get this because your address was typed into the settings of another account.',
    }),
  };
}
