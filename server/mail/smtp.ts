import type { Transporter } from 'nodemailer';
import { SECOND } from '#core/durations.ts';
import { isLoopback } from '#core/is-loopback.ts';
import { withoutPeople } from '../error-text.ts';
import { type Mailer, MailRefused } from './mailer.ts';

interface SmtpMailerOptions {
  /** `smtp://` or `smtps://`, with user and password if needed. */
  url: string;
  /** The sender, as `name@host` or `Name <name@host>`. */
  from: string;
  /** A PEM certificate to trust besides the public ones: the mail server's own, or its issuer's. */
  ca?: string | undefined;
}

export interface SmtpMailer extends Mailer {
  close(): Promise<void>;
}

/**
 * The mail server is unreachable or not ready; trying again may help. Contains nothing of the mail.
 */
class MailUnavailable extends Error {
  override readonly name = 'MailUnavailable';
  /** The server's answer or the connection's error code, for the log. */
  readonly code: string;

  constructor(code: string, cause: Error) {
    super(`The mail server did not accept the email (${code}).`, { cause });
    this.code = code;
  }
}

/** The message of the mail server or of its connection, without names and addresses. */
class SmtpError extends Error {
  override readonly name = 'SmtpError';
}

const timeouts = { connectionTimeout: 10 * SECOND, greetingTimeout: 10 * SECOND, socketTimeout: 30 * SECOND };

/**
 * Sends mails over SMTP (RFC 5321). A password crosses a network only inside TLS. The SDK is loaded
 * with the first mail. A mail server on this machine may have any certificate, since no one can
 * intercept the connection.
 *
 * A 5xx answer about the receiver or the content is {@link MailRefused}. Everything else, even a
 * wrong password, is {@link MailUnavailable}, since it is not the mail's fault.
 */
export function createSmtpMailer({ url, from, ca }: SmtpMailerOptions): SmtpMailer {
  let transporter: Promise<Transporter> | undefined;
  const connect = async (): Promise<Transporter> => {
    const [{ createTransport }, { rootCertificates }] = await Promise.all([
      import('nodemailer'),
      import('node:tls'),
    ]);
    const tls = ca ? { ca: [...rootCertificates, ca] } : { rejectUnauthorized: !isHere(url) };
    return createTransport({
      url,
      pool: true,
      maxConnections: 3,
      requireTLS: needsTls(url),
      tls,
      ...timeouts,
    });
  };

  return {
    async send(mail) {
      transporter ??= connect();
      try {
        await (await transporter).sendMail({
          from,
          // As an object it is one address, however many commas it has.
          to: { name: '', address: mail.to },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          messageId: mail.messageId,
          list: mail.listUnsubscribe ? { unsubscribe: mail.listUnsubscribe } : undefined,
          headers: {
            // Stops vacation replies (RFC 3834, 5).
            'Auto-Submitted': 'auto-generated',
            // Enables one-click unsubscribing in mail programs (RFC 8058).
            ...(mail.listUnsubscribe && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
          },
          disableFileAccess: true,
          disableUrlAccess: true,
        });
      } catch (error) {
        throw toMailError(error, mail.to);
      }
    },
    async close() {
      (await transporter)?.close();
    },
  };
}

const isHere = (url: string) => isLoopback(new URL(url).hostname);

function needsTls(url: string): boolean {
  return new URL(url).username !== '' && !isHere(url);
}

/**
 * Converts the library's errors, which quote addresses. Ours have only the code, with the server's
 * message for the log.
 */
function toMailError(error: unknown, to: string): Error {
  const { responseCode, command, code, message } = error as Error & {
    responseCode?: number;
    command?: string;
    code?: string;
  };
  const cause = new SmtpError(withoutName(withoutPeople(message.replaceAll(to, '(address)')), to));
  const answer = responseCode === undefined ? (code ?? 'unknown') : String(responseCode);
  const isAboutMail = command === 'RCPT TO' || command === 'DATA';
  if (responseCode !== undefined && responseCode >= 500 && isAboutMail) {
    return new MailRefused(`The mail server refused the email (${answer}).`, answer, cause);
  }
  return new MailUnavailable(answer, cause);
}

/**
 * Removes the part of the address before the @: a mail server may say that it knows no such user.
 */
function withoutName(text: string, address: string): string {
  const name = address.replace(/@[^@]*$/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return name && text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`, 'giu'), '(name)');
}
