import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ButtonLink, ButtonRow, Notice, PageHeading, WordsCard } from '../components/index.ts';
import { privateHeaders } from '../errors.server.ts';
import { Page } from '../person-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Your recovery words · Project BFF' }];

export async function loader({ context }: LoaderFunctionArgs) {
  const api = await context.api();
  const me = await api.accounts.me();
  if (!me) throw redirect('/login');
  const words = await api.accounts.recoveryWords();
  if (!words) throw redirect(me.stage === 'full' ? '/inbox' : '/join/mail');
  return data({ words, username: me.username }, { headers: privateHeaders });
}

export default function RecoveryWords() {
  const { words, username } = useLoaderData<typeof loader>();
  return (
    <Page width="form">
      <PageHeading title="Write these down">
        <p>
          Your letters are locked with your password. If you ever forget it, these twelve words open them
          again. Nothing else does, and we cannot either.
        </p>
      </PageHeading>
      <WordsCard words={words} username={username} />
      <Notice kind="info" title="On paper, please">
        <p>
          They are shown now and never again, and never sent by mail. Whoever has them can read your letters.
        </p>
      </Notice>
      <ButtonRow>
        <ButtonLink to="/join/confirm" kind="primary">
          I have written them down
        </ButtonLink>
      </ButtonRow>
    </Page>
  );
}
