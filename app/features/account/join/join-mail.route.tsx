import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react';
import { appErrorOf, privateHeaders } from '#app/http/errors.server.ts';
import { finishJoining, wayAfterLogIn } from '#app/http/session.server.ts';
import { visitorAction } from '#app/modes/task-form.server.ts';
import { PostProblem, TaskForm } from '#app/modes/task-form.tsx';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Field } from '#app/ui/field.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { useFlashMessage } from '#app/ui/use-flash-message.ts';
import { limits } from '#core/schemas/limits.ts';
import { findJoining } from './find-joining.server.ts';
import { JoiningStep } from './joining-step.tsx';
import { useReloadOnReturn } from './use-reload-on-return.ts';

export const meta: MetaFunction = () => [{ title: 'Check your email · Project BFF' }];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const api = await context.client();
  const me = await api.accounts.me.query();
  if (me?.stage === 'full') throw redirect(wayAfterLogIn(context, request) ?? '/inbox');
  const address = me && (await api.accounts.address.query());
  const joining = me && (await findJoining(context, api));
  const localMailbox = context.localMailbox !== null;
  // A session that waits has no keys: its owner logs in.
  const canFinish = me?.stage === 'joining' && !me.phraseUnconfirmed;
  return data({ address, joining, canFinish, localMailbox }, { headers: privateHeaders });
}

/**
 * Handles all forms: `intent=resend` emails another link, `intent=correct` emails one to a new
 * address, `intent=finish` logs in once the address is confirmed.
 */
export const action = visitorAction(
  ['email'],
  async ({ api: { accounts }, context, request, fields: { intent, email = '' } }) => {
    if (intent === 'finish') return (await finishJoining(context, request)) ?? redirect('/login');
    const correcting = intent === 'correct';
    const mailed = correcting ? accounts.correctAddress.mutate({ email }) : accounts.resendLink.mutate();
    await mailed.catch((error) => {
      throw appErrorOf(error)?.code === 'unauthenticated' ? redirect('/login') : error;
    });
    return redirect(`/join/mail?done=${correcting ? 'corrected' : 'resent'}`);
  },
);

const messages = {
  resent: 'We’ve sent a new link. Only the newest one works.',
  corrected: 'Address changed. We’ve sent a link to it.',
};

export default function LookInYourMail() {
  const { address, joining, canFinish, localMailbox } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  useReloadOnReturn();
  const message = useFlashMessage(messages);
  const arrived = useSearchParams()[0].get('after') === 'login';
  const mailbox = localMailbox ? (
    <ButtonLink to="/dev/mailbox" kind="quiet">
      Open the local mailbox
    </ButtonLink>
  ) : null;
  if (!address || address.confirmed) {
    return (
      <Page width="form">
        <EmptyState
          picture="mailbox"
          title={address ? 'Your address is confirmed' : 'Check your email'}
          heading="h1"
          actions={
            <>
              {canFinish ? (
                <Form method="post" reloadDocument>
                  <SubmitButton name="intent" value="finish">
                    Continue
                  </SubmitButton>
                </Form>
              ) : (
                <ButtonLink to="/login" kind="primary">
                  Log in
                </ButtonLink>
              )}
              {address ? null : mailbox}
            </>
          }
        >
          <p>
            {address
              ? `Your account is ready.${canFinish ? '' : ' Log in to continue.'}`
              : 'Open the link we sent you. For a new one, or to change your address, log in.'}
          </p>
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page width="form">
      <JoiningStep step={4} joining={joining} />
      {message && !refused ? <Notice kind="success">{message}</Notice> : null}
      {arrived && !refused && !message ? (
        <Notice kind="info">Confirm your address to continue.</Notice>
      ) : null}
      <PostProblem />
      <EmptyState
        picture="mailbox"
        title={titles[address.trouble ?? 'none']}
        heading="h1"
        actions={
          <>
            {address.trouble === 'not-mine' ? null : <Resend isMain={address.trouble === null} />}
            {mailbox}
          </>
        }
      >
        <WhatBecame {...address} />
      </EmptyState>
      <Correction email={address.email} isMain={address.trouble !== null} />
      <p className="form-aside">
        Opened the link on another device? <Link to="/login">Log in</Link>
        <br />
        Accounts that aren’t confirmed within a week are deleted.
      </p>
    </Page>
  );
}

type Address = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['address']>;

const titles = {
  none: 'Check your email',
  bounced: 'Our email came back',
  'not-mine': 'Is this address right?',
} as const;

function WhatBecame({ email, trouble }: Address) {
  const name = <strong className="address">{email}</strong>;
  if (trouble === 'bounced') {
    return <p>It couldn’t be delivered to {name}. There’s probably a typo in the address.</p>;
  }
  if (trouble === 'not-mine') {
    return (
      <p>The person who reads {name} told us this account isn’t theirs, so we’ve stopped writing there.</p>
    );
  }
  return (
    <>
      <p>We sent a link to {name}. Open it, and your account is ready.</p>
      <p>Can’t find it? Check your spam folder, or send it again.</p>
    </>
  );
}

function Resend({ isMain }: { isMain: boolean }) {
  const busy = useNavigation().state !== 'idle';
  return (
    <Form method="post">
      <SubmitButton name="intent" value="resend" kind={isMain ? 'primary' : 'quiet'} pending={busy}>
        Send the link again
      </SubmitButton>
    </Form>
  );
}

function Correction({
  email,
  isMain,
}: {
  email: string;
  /** True when the user can't continue without another address. */
  isMain: boolean;
}) {
  return (
    <TaskForm kind="plain" className="form panel" problemShown>
      <h2>{isMain ? 'Change your address' : 'Wrong address?'}</h2>
      <Field
        name="email"
        type="email"
        label="Your email address"
        hint="We’ll send a new link here; the old one stops working."
        defaultValue={email}
        required
        maxLength={limits.emailMax}
        autoComplete="email"
      />
      <SubmitButton
        name="intent"
        value="correct"
        kind={isMain ? 'primary' : 'quiet'}
        pendingLabel="One moment…"
      >
        Change address
      </SubmitButton>
    </TaskForm>
  );
}
