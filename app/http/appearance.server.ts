import { readCookie, writeCookie } from '#core/cookies.ts';
import { type Appearance, defaultAppearance, faces, spacings, textSizes, themes } from '../ui/appearance.ts';
import type { LoadContext } from './api.server.ts';

const fields = { theme: themes, text: textSizes, spacing: spacings, face: faces } as const;
/** In the order in which the cookie has them; older cookies end earlier. */
const names = ['theme', 'text', 'spacing', 'face'] as const;

/** Reads the appearance from a form or cookie; unknown values become the defaults. */
export function readAppearance(values: Partial<Record<keyof Appearance, string | undefined>>): Appearance {
  const known = names.flatMap((name) =>
    fields[name].filter((value) => value === values[name]).map((value) => [name, value]),
  );
  return { ...defaultAppearance, ...Object.fromEntries(known) };
}

export function appearanceOf(request: Request): Appearance {
  const parts = readCookie(request.headers.get('cookie'), 'look', false)?.split('.') ?? [];
  return readAppearance(Object.fromEntries(names.map((name, n) => [name, parts[n]])));
}

/**
 * Returns the cookie header that stores the appearance. It belongs to the device, not the account:
 * a phone may be dark and a computer light, and pages look right before login. It is no secret.
 */
export function appearanceCookie(appearance: Appearance, { secureCookies }: LoadContext): string {
  return writeCookie('look', names.map((name) => appearance[name]).join('.'), { secure: secureCookies });
}
