import type { ActionFunctionArgs } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { endedSessionCookie } from '#app/http/session.server.ts';
import { isSealed } from '#app/modes/sealed-session.server.ts';

export function loader() {
  throw redirect('/');
}

/**
 * Ends the session here and on the server; the browser forgets what it kept of these pages. Its storage is cleared only
 * where a sealed session kept keys in it, because the service worker goes with it and has to be fetched anew. Cookies are
 * left to the line beside: `"cookies"` would take those of every host under our domain.
 */
export async function action({ context }: ActionFunctionArgs) {
  const api = await context.client();
  const sealed = await isSealed(api);
  await api.accounts.logOut.mutate();
  const forget = sealed ? '"cache", "storage"' : '"cache"';
  throw redirect('/', {
    headers: { 'Set-Cookie': endedSessionCookie(context), 'Clear-Site-Data': forget },
  });
}
