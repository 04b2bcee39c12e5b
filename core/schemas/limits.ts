import { DAY } from '../durations.ts';

/**
 * All limits that users can run into. Forms show them; schemas and the server enforce them. Lengths
 * are characters (Unicode code points, as zod counts). A field's `maxlength` counts UTF-16 code
 * units, so it never allows more. Sizes are bytes; 1 MB is 1,000,000 bytes.
 */
const MB = 1_000_000;

export const limits = {
  /** Usernames: `[a-z0-9_]`, without regard to case. */
  usernameMin: 3,
  usernameMax: 15,
  displayNameMax: 60,
  /** The longest address in SMTP (RFC 5321, 4.5.3.1.3, minus the angle brackets). */
  emailMax: 254,
  mobileMax: 20,
  passwordMin: 8,
  /** Limits the work of normalising a password, not its strength. */
  passwordMax: 1_000,

  passkeys: 10,
  passkeyNameMax: 40,

  titleMax: 80,
  /** A letter needs at least one character, even if it has photos. */
  bodyMin: 1,
  bodyMax: 100_000,
  captionMax: 200,
  altMax: 500,
  draftTitleMax: 1_000,
  stampIdeaMax: 120,

  photos: 12,
  photoBytes: 20 * MB,
  photoPixels: 210_000_000,
  /** All photos of a letter in one form post. */
  letterBytes: 64 * MB,
  /** A sealed photo and its preview. Twelve of them stay within a letter's total. */
  sealedPhotoBytes: 5 * MB,
  sealedPreviewBytes: 330_000,
  /** Photos uploaded for one draft, including removed ones that aren't collected yet. */
  uploadsPerDraft: 60,
  photoNameMax: 120,

  /** One text field of a post: a full body has at most 4 bytes per character in UTF-8. */
  textFieldBytes: 400_000,
  letterTextBytes: 1 * MB,
  /** Fields of one form; repeated names count each time. */
  formFields: 100,
  smallFormBytes: 64_000,
  /** How long a reset link works, and the period in which at most three are sent. */
  resetLinkHours: 3,

  feedbackSubjectMin: 1,
  feedbackSubjectMax: 120,
  feedbackMessageMin: 1,
  feedbackMessageMax: 5_000,

  pageSize: 20,
  /**
   * A page of drafts ends early at this much sealed content, which is sent along for the titles.
   */
  draftPageBytes: 2 * MB,
  callsPerBatch: 10,
  /** New letters are counted up to here, then shown as "99+". */
  newLettersShown: 99,
  friends: 500,
  pinsBytes: 200_000,
  /** One-time invitations that a user may have open at once, and how long one works, ms. */
  invitations: 20,
  invitationMs: 14 * DAY,
  drafts: 200,
  /** How long a deleted draft can be restored, ms. */
  trashMs: 30 * DAY,
  /** Friends, requests in either direction and blocks, together. */
  friendships: 1_000,
  /** Sessions of an account; one more ends the least recently used. */
  sessions: 30,
  pendingLogIns: 20,
  /** Events kept per account; the oldest are deleted. */
  events: 1_000,
  /** Messages kept per account; the oldest are deleted. */
  feedback: 200,
} as const;
