import type { Transporter } from 'nodemailer';
import { SECOND } from '#core/durations.ts';
import { isLoopback } from '#core/is-loopback.ts';
import { withoutPeople } from '../error-text.ts';
import { type Mailer, MailRefused } from './mailer.ts';

interface SmtpMailerOptions {
  /** `smtp://` or `smtps://`, with user and password if there are any. */
  url: string;
  /** The sender, as `name@host` or `Name <name@host>`. */
  from: string;
  /** A certificate in PEM to trust beside the public ones: the mail server's own, or of whoever signed it. */
  ca?: string | undefined;
}

export interface SmtpMailer extends Mailer {
  /** Lets go of open connections. */
  close(): Promise<void>;
}

/** The mail server cannot be reached or is not ready; trying again may help. Says nothing of the mail. */
class MailUnavailable extends Error {
  override readonly name = 'MailUnavailable';
  /** The answer of the server, or what happened to the connection; for the log. */
  readonly code: string;

  constructor(code: string, cause: Error) {
    super(`The mail server did not accept the email (${code}).`, { cause });
    this.code = code;
  }
}

/** What the mail server or the connection to it said; names nobody. */
class SmtpError extends Error {
  override readonly name = 'SmtpError';
}

const timeouts = { connectionTimeout: 10 * SECOND, greetingTimeout: 10 * SECOND, socketTimeout: 30 * SECOND };

/**
 * Sends mails over SMTP (RFC 5321). A password crosses a network only inside TLS. The SDK is loaded with the first mail. A
 * mail server on this very machine may have any certificate: nobody stands between it and us.
 *
 * A 5xx answer to the receiver or the content is {@link MailRefused}; everything else, a wrong password included, is
 * {@link MailUnavailable}: it is not the mail's fault.
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

/** The library's errors quote addresses; ours say only what kind of answer it was, with the server's words for the log. */
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

/** Without the part before the @: a mail server may say that it knows no such user. */
function withoutName(text: string, address: string): string {
  const name = address.replace(/@[^@]*$/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return name && text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`, 'giu'), '(name)');
}
