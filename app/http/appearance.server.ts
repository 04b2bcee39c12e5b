import { readCookie, writeCookie } from '#core/cookies.ts';
import { type Appearance, textSizes, themes } from '../ui/appearance.ts';
import type { LoadContext } from './api.server.ts';

/** Reads the appearance from a form or cookie; unknown values become the defaults. */
export function readAppearance(values: {
  theme?: string | undefined;
  text?: string | undefined;
}): Appearance {
  return {
    theme: themes.find((theme) => theme === values.theme) ?? 'device',
    text: textSizes.find((size) => size === values.text) ?? 'normal',
  };
}

export function appearanceOf(request: Request): Appearance {
  const [theme, text] = readCookie(request.headers.get('cookie'), 'look', false)?.split('.') ?? [];
  return readAppearance({ theme, text });
}

/**
 * Returns the cookie header that stores the appearance. It belongs to the device, not the account:
 * a phone may be dark and a computer light, and pages look right before login. It is no secret.
 */
export function appearanceCookie({ theme, text }: Appearance, { secureCookies }: LoadContext): string {
  return writeCookie('look', `${theme}.${text}`, { secure: secureCookies });
}
