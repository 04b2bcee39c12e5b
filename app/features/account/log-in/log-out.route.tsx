import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { privateHeaders } from '#app/http/errors.server.ts';
import { endedSessionCookie } from '#app/http/session.server.ts';
import { forgottenAtLogOut } from '#app/modes/sealed-session.server.ts';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';

export const meta: MetaFunction = () => [{ title: 'Log out · Project BFF' }];

/** Phones ask before they log out, where the button is under the thumb. */
export async function loader({ context }: LoaderFunctionArgs) {
  const api = await context.client();
  if (!(await api.accounts.me.query())) throw redirect('/');
  return data(null, { headers: privateHeaders });
}

export async function action({ context }: ActionFunctionArgs) {
  const api = await context.client();
  const forgotten = await forgottenAtLogOut(api);
  await api.accounts.logOut.mutate();
  throw redirect('/', {
    headers: { 'Set-Cookie': endedSessionCookie(context), 'Clear-Site-Data': forgotten },
  });
}

export default function LogOut() {
  return (
    <Page width="form">
      <PageHeading title="Log out?">
        <p>You’ll need your password to read your letters here again. Nothing is lost.</p>
      </PageHeading>
      {/* A plain form: logging out loads a new page, so that no letter stays in memory. */}
      <form method="post" action="/logout" className="button-row">
        <SubmitButton>Log out</SubmitButton>
        <ButtonLink to="/inbox" kind="quiet">
          Stay
        </ButtonLink>
      </form>
    </Page>
  );
}
