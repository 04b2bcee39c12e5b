interface MobileCodeText {
  code: string;
  validMinutes: number;
  appUrl: string;
}

/**
 * The last line lets phones autofill the code on this site only
 * (https://wicg.github.io/sms-one-time-codes).
 */
export function mobileCodeText({ code, validMinutes, appUrl }: MobileCodeText): string {
  const { hostname } = new URL(appUrl);
  return `${code} is your Project BFF code. It works for ${validMinutes} minutes. Don't share it with anyone.\n\n@${hostname} #${code}`;
}
