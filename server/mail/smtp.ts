import type { Transporter } from 'nodemailer';
import { type Mailer, MailRefused } from './mailer.ts';

export interface SmtpMailerOptions {
  /** `smtp://` or `smtps://`, with user and password if there are any. */
  url: string;
  /** The sender, as `name@host` or `Name <name@host>`. */
  from: string;
}

export interface SmtpMailer extends Mailer {
  /** Lets go of open connections. */
  close(): Promise<void>;
}

/** The mail server cannot be reached or is not ready; trying again may help. Says nothing of the mail. */
export class MailUnavailable extends Error {
  override readonly name = 'MailUnavailable';
  /** The answer of the server, or what happened to the connection; for the log. */
  readonly code: string;

  constructor(code: string) {
    super(`The mail server did not take the mail (${code}).`);
    this.code = code;
  }
}

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/**
 * Sends mails over SMTP (RFC 5321). A password crosses a network only inside TLS. The SDK is loaded with the first mail.
 *
 * A 5xx answer to the receiver or the content is {@link MailRefused}; everything else, a wrong password included, is
 * {@link MailUnavailable}: it is not the mail's fault.
 */
export function createSmtpMailer({ url, from }: SmtpMailerOptions): SmtpMailer {
  let transporter: Promise<Transporter> | undefined;
  const connect = async (): Promise<Transporter> => {
    const { createTransport } = await import('nodemailer');
    return createTransport({ url, pool: true, maxConnections: 3, requireTLS: needsTls(url), ...timeouts });
  };

  return {
    async send(mail) {
      transporter ??= connect();
      try {
        await (await transporter).sendMail({
          from,
          // As an object it is one address, whatever commas it has.
          to: { name: '', address: mail.to },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          messageId: mail.messageId,
          list: mail.listUnsubscribe ? { unsubscribe: mail.listUnsubscribe } : undefined,
          headers: {
            // Nobody's holiday should answer it (RFC 3834, 5).
            'Auto-Submitted': 'auto-generated',
            // One press in the mail program is enough (RFC 8058).
            ...(mail.listUnsubscribe && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
          },
          disableFileAccess: true,
          disableUrlAccess: true,
        });
      } catch (error) {
        throw toMailError(error);
      }
    },
    async close() {
      (await transporter)?.close();
    },
  };
}

function needsTls(url: string): boolean {
  const { username, hostname } = new URL(url);
  return username !== '' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** The library's errors quote addresses; ours say only what kind of answer it was. */
function toMailError(error: unknown): Error {
  const { responseCode, command, code } = error as { responseCode?: number; command?: string; code?: string };
  const answer = responseCode === undefined ? (code ?? 'unknown') : String(responseCode);
  const isAboutMail = command === 'RCPT TO' || command === 'DATA';
  if (responseCode !== undefined && responseCode >= 500 && isAboutMail) {
    return new MailRefused(`The mail server refused the mail (${answer}).`, answer);
  }
  return new MailUnavailable(answer);
}
