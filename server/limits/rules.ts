import { DAY, HOUR, inSeconds, MINUTE } from '#core/durations.ts';
import { limits } from '#core/schemas/limits.ts';

const minute = inSeconds(MINUTE);
const hour = inSeconds(HOUR);
const day = inSeconds(DAY);

export interface Rule {
  points: number;
  /** In how many seconds, from the first attempt. */
  duration: number;
  /**
   * Attempts that are counted in memory before they are stored together, for frequent events.
   * Default 1.
   */
  step?: number;
}

/**
 * Rate limits, by account id, network address or target. A stranger can never exhaust a limit that
 * an account's owner needs to log in: see `guard-log-in.ts`, and the mails below.
 */
export const rules = {
  'log-in by address': { points: 100, duration: 15 * minute },
  'key parameters by address': { points: 300, duration: 15 * minute },
  'join by address': { points: 30, duration: hour },
  // Costs only a key share; each browser that joins takes one.
  'join ticket by address': { points: 60, duration: hour },
  'friend code by account': { points: 30, duration: hour },
  'friend code by address': { points: 60, duration: hour },
  'friend request mail by pair': { points: 1, duration: day },
  'invitations made by account': { points: 60, duration: day },
  // Accepting takes a few of these. A token has 128 random bits.
  'invitation token by account': { points: 60, duration: hour },
  // Every page of joining reads the invitation. A code has 50 random bits.
  'invitation by address': { points: 300, duration: hour },
  'verification by address': { points: 60, duration: hour },
  'verification mail by account': { points: 5, duration: hour },
  // Protects a mailbox from all accounts and forms together: joining, correcting, changing.
  'mail by unconfirmed mailbox': { points: 5, duration: day },
  // Lasts as long as a link works, so that a refused user still has a working link: at most 24
  // mails a day.
  'reset mail by account': { points: 3, duration: limits.resetLinkHours * hour },
  'new device mail by account': { points: 10, duration: hour },
  'failed log-in noted by account': { points: 10, duration: hour },
  'reset by address': { points: 20, duration: hour },
  'reset link by address': { points: 60, duration: hour },
  'reset by token': { points: 10, duration: hour },
  'password again by account': { points: 10, duration: 15 * minute },
  'e-mail change by account': { points: 5, duration: hour },
  'e-mail change link by address': { points: 60, duration: hour },
  'export by account': { points: 6, duration: hour },
  // An export begins with it once.
  'account read by account': { points: 60, duration: hour },
  'second factor from a place': { points: 10, duration: 15 * minute },
  // Only the short codes of an app: one-time codes and passkeys still let the owner in.
  'authenticator code by account': { points: 30, duration: day },
  'mobile code by account': { points: 5, duration: hour },
  'mobile code by number': { points: 5, duration: day },
  'mobile code by address': { points: 20, duration: hour },
  'mobile code tried by account': { points: 30, duration: hour },
  'feedback by address': { points: 10, duration: hour },
  'feedback by account': { points: 10, duration: hour },
  // Asked by every visible page, so it is stored only once in an hour or two.
  'news by account': { points: 1200, duration: 10 * minute, step: 200 },
  'letters by account': { points: 120, duration: hour },
  'drafts by account': { points: 1200, duration: hour },
  // Separate from other changes, so that a prolific writer can still pin a new friend's key: more
  // than any number of friends.
  'pins by account': { points: 600, duration: hour },
  'photos by account': { points: 480, duration: hour },
  // Processor time of photos that the server prepares, in started seconds.
  'photo seconds by account': { points: 1200, duration: hour },
  'changes by account': { points: 3000, duration: hour, step: 20 },
  'calls by address': { points: 6000, duration: 10 * minute, step: 20 },
} as const satisfies Record<string, Rule>;

export type RateRule = keyof typeof rules;
