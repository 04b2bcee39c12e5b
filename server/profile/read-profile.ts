import { type DateLocale, dateLocaleOf } from '#core/dates/write-date.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

export interface Profile {
  username: string;
  displayName: string;
  emailAddress: string;
  /** E.164. */
  mobile: string | null;
  /** IANA name. */
  timeZone: string | null;
  locale: DateLocale;
}

export async function readProfile(deps: Deps, actor: Actor): Promise<Profile> {
  const user = await deps.stores.users.findById(actor.userId);
  if (!user) throw new AppError('not-found', 'This account no longer exists.');
  const { username, displayName, email: emailAddress, mobile, timeZone } = user;
  return { username, displayName, emailAddress, mobile, timeZone, locale: dateLocaleOf(user.locale) };
}
