/** Where one browser of a person's takes pushes, as it told us (Push API, W3C: `PushSubscription`). */
export interface PushSubscription {
  endpoint: string;
  /** Base64url: the browser's key and secret, under which the message is encrypted (RFC 8291). */
  keys: { p256dh: string; auth: string };
}

/** What a browser shows. Carries no content of a letter. */
export interface PushMessage {
  title: string;
  /** A path on this site, opened by a tap. */
  path: string;
  /** A later message of the same tag replaces the one that is shown. */
  tag: string;
}

/** The port for pushes. Nobody sends one yet: an adapter comes with subscriptions of the installed app. */
export interface PushSender {
  /**
   * Hands a message over to the browser's push service. Throws {@link PushGone} when the subscription has ended and is to
   * be forgotten, and any other error when trying again may help.
   */
  send(subscription: PushSubscription, message: PushMessage): Promise<void>;
}

/** The push service knows this subscription no more (404 or 410; RFC 8030, 7.3). */
export class PushGone extends Error {
  override readonly name = 'PushGone';
}
