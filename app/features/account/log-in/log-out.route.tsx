import type { ActionFunctionArgs } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { endedSessionCookie } from '#app/http/session.server.ts';
import { forgottenAtLogOut } from '#app/modes/sealed-session.server.ts';

export function loader() {
  throw redirect('/');
}

export async function action({ context }: ActionFunctionArgs) {
  const api = await context.client();
  const forgotten = await forgottenAtLogOut(api);
  await api.accounts.logOut.mutate();
  throw redirect('/', {
    headers: { 'Set-Cookie': endedSessionCookie(context), 'Clear-Site-Data': forgotten },
  });
}
