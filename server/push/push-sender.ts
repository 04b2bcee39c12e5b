/** A browser's push subscription (Push API, W3C: `PushSubscription`). */
export interface PushSubscription {
  endpoint: string;
  /** Base64url: the browser's key and secret, which encrypt the message (RFC 8291). */
  keys: { p256dh: string; auth: string };
}

/** The notification a browser shows. Contains nothing of a letter. */
export interface PushMessage {
  title: string;
  /** A path on this site, opened by a tap. */
  path: string;
  /** A later message with the same tag replaces the one that is shown. */
  tag: string;
}

/**
 * The port for push messages. It has no adapter yet: one comes with subscriptions of the installed
 * app.
 */
export interface PushSender {
  /**
   * Sends a message to the browser's push service. Throws {@link PushGone} when the subscription
   * has ended and should be deleted, and any other error when trying again may help.
   */
  send(subscription: PushSubscription, message: PushMessage): Promise<void>;
}

/** The push service no longer knows this subscription (404 or 410; RFC 8030, 7.3). */
export class PushGone extends Error {
  override readonly name = 'PushGone';
}
