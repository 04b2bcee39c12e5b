import type { SmsRefusalReason } from '#core/schemas/notifications.ts';

export interface TextMessage {
  /** E.164, like `+491701234567`. */
  to: string;
  /** Carries no content of a letter. At most 160 characters of GSM 03.38 are one message; more cost more. */
  text: string;
}

export interface SmsSender {
  /**
   * Hands a text over for delivery; resolves when the other side has taken it, to the id to ask {@link outcome} by, or to
   * null when there is nothing more to learn. Throws {@link SmsRefused} when trying again
   * won't help, and any other error when it may. After any other error the text certainly or very probably did not go out.
   */
  send(message: TextMessage): Promise<string | null>;
  /**
   * Whether the number of a text that was taken turned out to take none; null when it did, when it is not known yet, and
   * when the text failed for another reason. To be asked some time after {@link send}. Throws when trying again may help.
   */
  outcome(textId: string): Promise<TextRefusal | null>;
}

interface TextRefusal {
  /** E.164. */
  to: string;
  reason: SmsRefusalReason;
}

/** The text was refused for good. Neither message nor code tells the number. */
export class SmsRefused extends Error {
  override readonly name = 'SmsRefused';
  /** `other` has nothing to do with the number: nobody's texts are switched off for it. */
  readonly reason: SmsRefusalReason | 'other';
  /** What the service calls it. */
  readonly code: string;

  constructor(reason: SmsRefusalReason | 'other', code: string) {
    super(`The text was refused (${code}).`);
    this.reason = reason;
    this.code = code;
  }
}

/** The text could not be handed over now. */
export class SmsUnavailable extends Error {
  override readonly name = 'SmsUnavailable';
  /** The answer of the service, or what happened to the connection; for the log. */
  readonly code: string;

  constructor(code: string) {
    super(`The text was not taken (${code}).`);
    this.code = code;
  }
}
