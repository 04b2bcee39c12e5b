import { withSecret } from '#core/with-secret.ts';
import type { LoadContext, LocalAccess } from '../http/api.server.ts';
import { errorPage } from '../http/errors.server.ts';
import type { PageAccess } from './page-access.ts';

/**
 * Returns what opens pages on the server; null in a sealed session, whose keys are in the browser.
 */
export async function serverAccess(context: LoadContext): Promise<(PageAccess & LocalAccess) | null> {
  const access = await context.access();
  return (
    access && {
      ...access,
      photo: ({ url }) => ({ url }),
      keep: (secret) => withSecret(secret, () => null),
      reportDamaged: context.reportDamaged,
    }
  );
}

/**
 * Returns what seals a posted form on the server.
 *
 * @throws the error page of a sealed session, which posts none
 */
export async function requireAccess(context: LoadContext): Promise<PageAccess & LocalAccess> {
  const access = await serverAccess(context);
  if (access) return access;
  throw errorPage(
    403,
    'Only your browser has your keys. Turn JavaScript on, or log in without it to do this.',
  );
}
