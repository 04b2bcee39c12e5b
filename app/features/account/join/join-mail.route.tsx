import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react';
import { attempt, formProblem, privateHeaders } from '#app/http/errors.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormProblem } from '#app/ui/form-problem.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { useSaid } from '#app/ui/use-said.ts';
import { limits } from '#core/schemas/limits.ts';

export const meta: MetaFunction = () => [{ title: 'Look in your mail · Project BFF' }];

export async function loader({ context }: LoaderFunctionArgs) {
  const api = await context.api();
  const me = await api.accounts.me();
  if (me?.stage === 'full') throw redirect('/inbox');
  const address = me && (await api.accounts.address());
  return data({ address, localMailbox: context.localMailbox !== null }, { headers: privateHeaders });
}

/** `intent=resend` mails another link, `intent=correct` mails one to another address. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { fields, problem } = await readForm(request);
  const { intent, email = '' } = fields;
  if (problem)
    return data({ problem: formProblem(problem), email }, { status: 400, headers: privateHeaders });
  const { accounts } = await context.api();
  const outcome = await attempt(() =>
    intent === 'correct' ? accounts.correctAddress({ email }) : accounts.resendLink(),
  );
  if (outcome.ok) throw redirect(`/join/mail?done=${intent === 'correct' ? 'corrected' : 'resent'}`);
  if (outcome.code === 'unauthenticated') throw redirect('/login');
  return data({ problem: outcome.problem, email }, { status: outcome.status, headers: privateHeaders });
}

const said = {
  resent: 'A new link is on its way. Only the newest one works.',
  corrected: 'Your address is corrected, and a link is on its way to it.',
};

export default function LookInYourMail() {
  const { address, localMailbox } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const message = useSaid(said);
  const arrived = useSearchParams()[0].get('after') === 'login';
  const mailbox = localMailbox ? <ButtonLink to="/dev/mailbox">Open the local mailbox</ButtonLink> : null;
  if (!address || address.confirmed) {
    return (
      <Page width="form">
        <EmptyState
          picture="mailbox"
          title={address ? 'Your address is confirmed' : 'Look in your mail'}
          heading="h1"
          actions={
            <>
              <ButtonLink to="/login" kind="primary">
                Log in
              </ButtonLink>
              {address ? null : mailbox}
            </>
          }
        >
          <p>
            {address
              ? 'All is ready. Log in to go on.'
              : 'Open the link we sent you. To get a new one, or to correct your address, log in.'}
          </p>
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page width="form">
      {message && !refused ? <Notice kind="success">{message}</Notice> : null}
      {arrived && !refused && !message ? (
        <Notice kind="info">Your address isn’t confirmed yet, so you can’t go further than this page.</Notice>
      ) : null}
      <FormProblem problem={refused?.problem} />
      <EmptyState
        picture="mailbox"
        title={titles[address.trouble ?? 'none']}
        heading="h1"
        actions={
          <>
            <ButtonLink to="/login">Log in</ButtonLink>
            {mailbox}
          </>
        }
      >
        <WhatBecame {...address} />
      </EmptyState>
      <Correction typed={refused?.email} wrong={refused?.problem.fields.email} trouble={address.trouble} />
    </Page>
  );
}

type Address = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['address']>;

const titles = {
  none: 'Look in your mail',
  bounced: 'Our mail came back',
  'not-mine': 'Is your address right?',
} as const;

function WhatBecame({ email, trouble }: Address) {
  const name = <strong className="address">{email}</strong>;
  if (trouble === 'bounced') {
    return <p>The mail server doesn’t take mail for {name}. Most likely there is a typing error in it.</p>;
  }
  if (trouble === 'not-mine') {
    return (
      <p>Whoever reads mail at {name} told us that this account isn’t theirs. We write there no more.</p>
    );
  }
  return (
    <>
      <p>We have sent a link to {name}. Open it, and your account is ready.</p>
      <p>Nothing there? Look among the spam, and check the address for a typing error.</p>
    </>
  );
}

function Correction({
  typed,
  wrong,
  trouble,
}: {
  typed: string | undefined;
  wrong: string | undefined;
  trouble: Address['trouble'];
}) {
  const busy = useNavigation().state !== 'idle';
  return (
    <>
      {trouble === 'not-mine' ? null : (
        <Form method="post" className="form">
          <SubmitButton name="intent" value="resend" kind="secondary" pending={busy}>
            Send the link again
          </SubmitButton>
        </Form>
      )}
      <Form method="post" className="form panel" noValidate>
        <h2>Correct the address</h2>
        <Field
          name="email"
          type="email"
          label="Your e-mail address"
          hint="The link we sent before stops working; the new one goes here."
          defaultValue={typed}
          error={wrong}
          required
          maxLength={limits.emailMax}
          autoComplete="email"
        />
        <SubmitButton name="intent" value="correct" pending={busy} pendingLabel="One moment…">
          Use this address
        </SubmitButton>
      </Form>
      <p className="form-aside">
        An account that isn’t confirmed within a week is deleted, and its name is free again.
      </p>
    </>
  );
}
