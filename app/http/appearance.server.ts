import { readCookie, writeCookie } from '#core/cookies.ts';
import { type Appearance, textSizes, themes } from '../ui/appearance.ts';
import type { LoadContext } from './api.server.ts';

/** What a form or a cookie says; anything unknown is as the device has it. */
export function readAppearance(said: { theme?: string | undefined; text?: string | undefined }): Appearance {
  return {
    theme: themes.find((theme) => theme === said.theme) ?? 'device',
    text: textSizes.find((size) => size === said.text) ?? 'normal',
  };
}

/** How the pages look on the device a request comes from. */
export function appearanceOf(request: Request): Appearance {
  const [theme, text] = readCookie(request.headers.get('cookie'), 'look', false)?.split('.') ?? [];
  return readAppearance({ theme, text });
}

/**
 * The header that makes a device remember its appearance. It belongs to the device, not the account: the phone may be dark
 * and the computer light, and pages look right before anybody has logged in. It is no secret.
 */
export function appearanceCookie({ theme, text }: Appearance, { secureCookies }: LoadContext): string {
  return writeCookie('look', `${theme}.${text}`, { secure: secureCookies });
}
