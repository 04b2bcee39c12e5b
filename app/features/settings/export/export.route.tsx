import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { privateHeaders } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { notYourPassword } from '#core/accounts/not-your-password.ts';
import { ExportForm } from './export-form.tsx';

export const meta: MetaFunction = () => [{ title: 'A copy of your letters · Project BFF' }];

const refusals = {
  password: notYourPassword,
  wait: 'Too many tries. Try again in a few minutes.',
  again: 'The copy could not be made just now. Please try again.',
} as const;
const wrongPassword = { message: refusals.password, fields: { current: refusals.password } };

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUserApi(context, request);
  const refused = new URL(request.url).searchParams.get('refused') ?? '';
  const known = Object.hasOwn(refusals, refused) ? (refused as keyof typeof refusals) : null;
  return data({ refused: known }, { headers: privateHeaders });
}

export default function Export() {
  const { refused } = useLoaderData<typeof loader>();
  const wrong = refused === 'password' ? wrongPassword : null;
  return (
    <Page width="form">
      <PageHeading title="A copy of your letters">
        <p>
          Everything you have here in one ZIP file: the letters you received and sent, your drafts, all
          photos, and what your account says of you.
        </p>
      </PageHeading>
      <ErrorSummary fields={wrong?.fields} />
      {refused && refused !== 'password' ? <Notice kind="error">{refusals[refused]}</Notice> : null}
      <p>
        Unpack it and open <code>index.html</code>: it can be read without a connection and without us. For
        programs, the same is in it as JSON. With many photos it takes a few minutes.
      </p>
      <Notice kind="info" title="The copy is not sealed">
        <p>
          Whoever has the file can read it. It is made while you download it and never kept on our side; what
          becomes of it afterwards is in your hands.
        </p>
      </Notice>
      <ExportForm problem={wrong} />
      <BackToSettings />
    </Page>
  );
}
