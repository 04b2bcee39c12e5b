import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useRevalidator } from '@remix-run/react';
import { useState } from 'react';
import { privateHeaders } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { browserAccess } from '#app/modes/browser-access.ts';
import { requireAccess } from '#app/modes/server-access.server.ts';
import { userAction } from '#app/modes/task-form.server.ts';
import { PostProblem, type RunInBrowser, TaskForm } from '#app/modes/task-form.tsx';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { LetterDate } from '#app/ui/letter-date.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { useAppUrl } from '#app/ui/use-app-url.ts';
import { useFlashMessage } from '#app/ui/use-flash-message.ts';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import { makeInvitation } from '#core/friends/make-invitation.ts';
import { drawQr } from './draw-qr.ts';
import { type MadeInvitation, NewInvitation } from './new-invitation.tsx';

export const meta: MetaFunction = () => [{ title: 'Invite a friend · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  return data({ open: await api.invitations.list.query() }, { headers: privateHeaders });
}

/** Revokes an invitation, or makes one where the server holds the user's keys. */
export const action = userAction([], async ({ api, fields, context }) => {
  if (fields.intent === 'revoke') {
    await api.invitations.revoke.mutate({ id: fields.id ?? '' });
    return redirect('/friends/invite?done=revoked');
  }
  const access = await requireAccess(context);
  const me = await api.accounts.me.query();
  const { path, expiresAt } = await makeInvitation(access, me?.username ?? '');
  const url = context.appUrl + path;
  const made: MadeInvitation = { url, expiresAt, qr: drawQr(url) };
  return data({ made }, { headers: privateHeaders });
});

const messages = { revoked: 'Revoked. Its link no longer works.' };

export default function Invite() {
  const { open } = useLoaderData<typeof loader>();
  const posted = useActionData<{ made?: MadeInvitation }>();
  const [made, setMade] = useState<MadeInvitation | null>(null);
  const { revalidate } = useRevalidator();
  const appUrl = useAppUrl();
  const timeZone = useTimeZone();
  const done = useFlashMessage(messages);
  const run: RunInBrowser = async ({ username }) => {
    const [access, { makeInvitation }, { drawQr }] = await Promise.all([
      browserAccess(username),
      import('#core/friends/make-invitation.ts'),
      import('./draw-qr.ts'),
    ]);
    if (!access) return { load: location.pathname };
    const { path, expiresAt } = await makeInvitation(access, username);
    const url = (appUrl ?? location.origin) + path;
    setMade({ url, expiresAt, qr: drawQr(url) });
    revalidate();
  };
  const shown = posted?.made ?? made;
  return (
    <Page width="form">
      <PageHeading title="Invite a friend">
        <p>
          Make a link for one friend. When they open it and accept, you’re friends at once, without a request.
          It works once, for 14 days.
        </p>
      </PageHeading>
      <PostProblem />
      {done && !shown ? <Notice kind="success">{done}</Notice> : null}
      {shown ? <NewInvitation {...shown} timeZone={timeZone} /> : null}
      <TaskForm kind="user" run={run} derives={false} problemShown>
        <SubmitButton kind={shown ? 'secondary' : 'primary'} pendingLabel="One moment…">
          {shown ? 'Make another link' : 'Make a link'}
        </SubmitButton>
      </TaskForm>
      {open.length > 0 ? (
        <section aria-labelledby="open">
          <h2 id="open">Open invitations</h2>
          <ul className="people">
            {open.map(({ id, createdAt, expiresAt }) => (
              <li key={id} className="person">
                <div>
                  <p>
                    Made <LetterDate at={createdAt} timeZone={timeZone} form="full" />
                  </p>
                  <p className="field-hint">
                    Works until <LetterDate at={expiresAt} timeZone={timeZone} />
                  </p>
                </div>
                <Form method="post">
                  <input type="hidden" name="id" value={id} />
                  <SubmitButton name="intent" value="revoke" kind="quiet">
                    Revoke
                  </SubmitButton>
                </Form>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <p className="form-aside">
        <ButtonLink to="/friends" kind="quiet">
          Friends
        </ButtonLink>
      </p>
    </Page>
  );
}
