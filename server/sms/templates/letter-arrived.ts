interface LetterArrivedText {
  authorName: string;
  letterId: string;
  appUrl: string;
}

/**
 * Tells who wrote, without the letter's content. Uses only basic letters of GSM 03.38, so that it
 * is one message.
 */
export function letterArrivedText({ authorName, letterId, appUrl }: LetterArrivedText): string {
  return `${authorName} sent you a letter on Project BFF: ${appUrl}/letters/${letterId}`;
}
