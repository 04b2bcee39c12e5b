import type { Mail } from '../mailer.ts';
import { renderMail } from '../render-mail.ts';

interface ChangeEmailMail {
  to: string;
  username: string;
  newEmail: string;
  token: string;
  validHours: number;
  appUrl: string;
}

/** Asks the new mailbox to confirm the address. */
export function confirmNewEmail({ to, username, token, validHours, appUrl }: ChangeEmailMail): Mail {
  return {
    to,
    ...renderMail({
      subject: 'Is this your new email address?',
      greeting: `Hello ${username},`,
      paragraphs: [
        `The account ${username} wants to use this email address from now on. Please confirm that it’s yours.`,
        `We’ve sent a link to the current address, too; the email changes once both are approved. This link works once, within ${validHours} hours.`,
      ],
      action: { label: 'Review request', url: `${appUrl}/email/${token}` },
      footer:
        'If this wasn’t you, open the link and cancel the change, or ignore this email: nothing will change.',
    }),
  };
}

/** Asks the current mailbox to approve the new address. */
export function agreeToNewEmail(mail: ChangeEmailMail): Mail {
  const { to, username, newEmail, token, validHours, appUrl } = mail;
  return {
    to,
    ...renderMail({
      subject: 'Approve your new email address?',
      greeting: `Hello ${username},`,
      paragraphs: [
        `Someone who knows your password, most likely you, wants to use ${newEmail} for your account instead of this address.`,
        `Nothing changes unless you approve it. The link works once, within ${validHours} hours.`,
      ],
      action: { label: 'Review request', url: `${appUrl}/email/${token}` },
      footer: 'If it wasn’t you, open the link and cancel the change, then change your password.',
    }),
  };
}

/**
 * Tells the owner of an address that another account wanted it; the form there did not reveal that.
 */
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
      subject: 'This address already belongs to your account',
      greeting: `Hello ${ownerName},`,
      paragraphs: [
        `Someone tried to use this email address for another account, but it belongs to your account ${ownerName}.`,
        'If that was you: each address can have one account, so change it here first, or choose a different address there. If it wasn’t you, there’s nothing to do.',
      ],
      action: { label: 'Settings', url: `${appUrl}/settings/email` },
      footer: 'You’re receiving this because someone entered your address in another account’s settings.',
    }),
  };
}
