import type { AccountKeys } from '#core/account-keys.ts';
import type { SessionStage } from './accounts/session.store.ts';
import type { StartedSession } from './accounts/start-session.ts';

/** The user who makes a request. Its id is in the filter of every query made for them. */
export interface Actor {
  userId: string;
  username: string;
  displayName: string;
  sessionId: string;
  /**
   * The date settings: an IANA zone and one of `dateLocales`; null where the user has not chosen.
   */
  timeZone: string | null;
  locale: string | null;
  /** `joining` until the recovery words are confirmed and the address is verified. */
  stage: SessionStage;
  loggedInAt: Date;
  mode: 'assisted' | 'sealed';
  deleteAt: Date | null;
  phraseUnconfirmed: boolean;
  /** Opens the keys on first use; returns the same promise for the rest of the request. */
  keys(): Promise<AccountKeys>;
  /** Stores new recovery words in this session until they are confirmed, sealed like the keys. */
  storePendingPhrase(words: string[]): Promise<void>;
  /**
   * Replaces this session with a new one under another token, so that an older copy of its cookie
   * opens nothing.
   *
   * @param since when this request changed the credentials; omitted if it did not
   */
  renewSession(since?: Date | null): Promise<StartedSession>;
  /** The recovery words still to be written down, or null once they are confirmed. */
  recoveryPhrase(): Promise<string[] | null>;
}
