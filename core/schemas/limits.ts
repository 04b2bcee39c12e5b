/**
 * Every bound a person can run into, in one place: the forms show them, the schemas and the server enforce them.
 * Lengths are characters (Unicode code points, as zod counts them; the `maxlength` of a field counts UTF-16 code units and so
 * never lets more through), sizes are bytes, MB means 1,000,000 bytes.
 */
const MB = 1_000_000;

export const limits = {
  /** Usernames: `[a-z0-9_]`, without regard to case. */
  usernameMin: 3,
  usernameMax: 15,
  displayNameMax: 60,
  /** The longest address a mail server can be handed (RFC 5321, 4.5.3.1.3, less the angle brackets). */
  emailMax: 254,
  mobileMax: 20,
  passwordMin: 8,
  /** Bounds the work of normalising a password, not its strength. */
  passwordMax: 1_000,

  passkeys: 10,
  passkeyNameMax: 40,

  titleMax: 80,
  /** An empty letter is no letter; photos alone still want a word. */
  bodyMin: 1,
  bodyMax: 100_000,
  captionMax: 200,
  /** Of a draft, which may be unfinished. */
  draftTitleMax: 1_000,
  /** The phrase shown to a picture service. */
  stampIdeaMax: 120,

  photos: 12,
  photoBytes: 20 * MB,
  photoPixels: 210_000_000,
  /** A letter's photos as sent by the form, all together. */
  letterBytes: 64 * MB,
  /** One sealed photo and its preview: twelve of them are no more than a letter's photos may be together. */
  sealedPhotoBytes: 5 * MB,
  sealedPreviewBytes: 330_000,
  /** Photos uploaded for one draft, with those that were taken out again and are not collected yet. */
  uploadsPerDraft: 60,
  /** Longest file name that is kept to name a photo in a message. */
  photoNameMax: 120,

  /** One text field on the wire: a full body is at most 4 bytes a character in UTF-8. */
  textFieldBytes: 400_000,
  /** All text of the letter form together. */
  letterTextBytes: 1 * MB,
  /** Fields of one form, repeated names counted each time. */
  formFields: 100,
  /** The whole body of a small form. */
  smallFormBytes: 64_000,
  /** How long a link to reset a password works, and the time in which three of them are mailed. */
  resetLinkHours: 3,

  feedbackSubjectMin: 1,
  feedbackSubjectMax: 120,
  feedbackMessageMin: 1,
  feedbackMessageMax: 5_000,

  /** Letters, drafts and the like on one page of a list. */
  pageSize: 20,
  /** A page of drafts ends early once their sealed content is so much together: it goes along for their titles. */
  draftPageBytes: 2 * MB,
  /** Calls of a typed client in one request. */
  callsPerBatch: 10,
  /** "new" is counted up to here and shown as "99+" beyond. */
  newLettersShown: 99,
  friends: 500,
  /** What a person remembers of their friends' keys, sealed. */
  pinsBytes: 200_000,
  drafts: 200,
  /** Friends, requests either way, and blocks, together. */
  friendships: 1_000,
  /** Log-ins of one account; one more ends the one that was used longest ago. */
  sessions: 30,
  pendingLogIns: 20,
  /** Events kept of one account; the oldest give way. */
  events: 1_000,
  /** Messages kept of one account; the oldest give way. */
  feedback: 200,
} as const;
