import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ButtonLink, EmptyState } from '../components/index.ts';
import { Page } from '../person-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Look in your mail · Project BFF' }];

export async function loader({ context }: LoaderFunctionArgs) {
  const me = await (await context.api()).accounts.me();
  if (me?.stage === 'full') throw redirect('/inbox');
  return { localMailbox: context.localMailbox !== null };
}

export default function LookInYourMail() {
  const { localMailbox } = useLoaderData<typeof loader>();
  return (
    <Page width="form">
      <EmptyState
        picture="mailbox"
        title="Look in your mail"
        heading="h1"
        actions={
          <>
            <ButtonLink to="/login">Log in</ButtonLink>
            {localMailbox ? <ButtonLink to="/dev/mailbox">Open the local mailbox</ButtonLink> : null}
          </>
        }
      >
        <p>We have sent you a link. Open it once, and your account is ready.</p>
        <p>Nothing there? Look among the spam, or log in: we send a new link each time.</p>
      </EmptyState>
    </Page>
  );
}
