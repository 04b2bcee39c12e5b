interface LetterArrivedText {
  authorName: string;
  letterId: string;
  /** Absolute, without a trailing slash. */
  appUrl: string;
}

/** Says who wrote, and nothing of what. Plain letters of GSM 03.38 only, so that it is one message. */
export function letterArrivedText({ authorName, letterId, appUrl }: LetterArrivedText): string {
  return `${authorName} sent you a letter on Project BFF: ${appUrl}/letters/${letterId}`;
}
