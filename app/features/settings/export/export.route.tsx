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
  again: 'We couldn’t make your copy. Please try again.',
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
          Everything in one ZIP file: the letters you’ve received and sent, your drafts, your photos and your
          account data.
        </p>
      </PageHeading>
      <ErrorSummary fields={wrong?.fields} />
      {refused && refused !== 'password' ? <Notice kind="error">{refusals[refused]}</Notice> : null}
      <p>
        Unzip it and open <code>index.html</code>. It’s readable offline. Also included as JSON. If you have
        many photos, it takes a few minutes.
      </p>
      <Notice kind="info" title="The copy isn’t encrypted">
        <p>Anyone who has the file can read it, so keep it somewhere safe. We don’t keep a copy.</p>
      </Notice>
      <ExportForm problem={wrong} />
      <BackToSettings />
    </Page>
  );
}
