export interface Mail {
  /** One address. */
  to: string;
  /** One line; contains nothing of a letter. */
  subject: string;
  text: string;
  html?: string;
  /** `<job@host>`. Repeated on a second attempt, so that mail programs show the mail once. */
  messageId?: string;
  /** The URL to unsubscribe at; absolute, and accepts an RFC 8058 one-click POST. */
  listUnsubscribe?: string;
}

export interface Mailer {
  /**
   * Hands a mail over for delivery; resolves when the mail server has accepted it. Throws {@link
   * MailRefused} when trying again won't help (a wrong address, a 5xx answer), and any other error
   * when it may.
   */
  send(mail: Mail): Promise<void>;
}

/** A permanent refusal of a mail. Its message has the reason, without the address. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
  /** The mail server's answer, for the log. */
  readonly code: string | undefined;

  constructor(message: string, code?: string, cause?: Error) {
    super(message, { cause });
    this.code = code;
  }
}
