import type { SmsRefusalReason } from '#core/schemas/notifications.ts';

export interface TextMessage {
  /** E.164, like `+491701234567`. */
  to: string;
  /**
   * Contains nothing of a letter. Up to 160 characters of GSM 03.38 are one message; more cost
   * more.
   */
  text: string;
}

export interface SmsSender {
  /**
   * Hands a text over for delivery. Resolves when the service has accepted it, to the id to pass to
   * {@link outcome}, or to null when the service reports no outcome. Throws {@link SmsRefused} when
   * trying again won't help, and any other error when it may; then the text certainly or very
   * probably was not sent.
   */
  send(message: TextMessage): Promise<string | null>;
  /**
   * Whether an accepted text was refused for its number. Null when it was not, when that is not
   * known yet, and when it failed for another reason. Ask some time after {@link send}. Throws when
   * trying again may help.
   */
  outcome(textId: string): Promise<TextRefusal | null>;
}

interface TextRefusal {
  /** E.164. */
  to: string;
  reason: SmsRefusalReason;
}

/** A permanent refusal of a text. Neither message nor code contains the number. */
export class SmsRefused extends Error {
  override readonly name = 'SmsRefused';
  /** `other` is not about the number, so texts to it stay on. */
  readonly reason: SmsRefusalReason | 'other';
  /** The service's own error code. */
  readonly code: string;

  constructor(reason: SmsRefusalReason | 'other', code: string) {
    super(`The text was refused (${code}).`);
    this.reason = reason;
    this.code = code;
  }
}

/** A temporary failure to hand a text over. */
export class SmsUnavailable extends Error {
  override readonly name = 'SmsUnavailable';
  /** The service's answer or the connection's error code, for the log. */
  readonly code: string;

  constructor(code: string) {
    super(`The text was not taken (${code}).`);
    this.code = code;
  }
}
