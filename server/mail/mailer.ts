export interface Mail {
  /** One address. */
  to: string;
  /** One line; carries no content of a letter. */
  subject: string;
  text: string;
  html?: string;
  /** The same id for a second attempt lets mail programs show it once: `<job@host>`. */
  messageId?: string;
  /** Where to switch these mails off; absolute, and takes an RFC 8058 one-click POST. */
  listUnsubscribe?: string;
}

export interface Mailer {
  /**
   * Hands a mail over for delivery; resolves when the other side has taken it. Throws {@link MailRefused} when trying
   * again won't help (a wrong address, a 5xx answer), and any other error when it may.
   */
  send(mail: Mail): Promise<void>;
}

/** The mail was refused for good. Its message says why, without the address. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
  /** What the other side answered, for the log. */
  readonly code: string | undefined;

  constructor(message: string, code?: string, cause?: Error) {
    super(message, { cause });
    this.code = code;
  }
}
