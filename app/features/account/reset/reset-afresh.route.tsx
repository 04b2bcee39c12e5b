import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { attempt, formProblem, privateHeaders } from '#app/http/errors.server.ts';
import { sessionHeaders } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { SubmitButton } from '#app/ui/button.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { useFieldName } from '#app/ui/sealed-fields.tsx';
import { loadResetLink } from './load-reset-link.server.ts';
import { ResetFields, ResetPage } from './reset-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Starting afresh · Project BFF' }];

export const loader = loadResetLink;

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { fields, problem } = await readForm(request);
  if (problem) return data({ problem: formProblem(problem) }, { status: 400, headers: privateHeaders });
  const { password = '', confirm = '', code } = fields;
  const api = await context.api();
  const token = params.token ?? '';
  const understood = (fields.understood === 'yes') as true;
  const outcome = await attempt(() =>
    api.accounts.startAfresh({ token, understood, password, confirm, code }),
  );
  if (!outcome.ok)
    return data({ problem: outcome.problem }, { status: outcome.status, headers: privateHeaders });
  throw redirect('/join/words', { headers: sessionHeaders(context, outcome.value) });
}

export default function StartAfresh() {
  const { token } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <ResetPage
      before={
        <>
          <PageHeading title="Starting afresh">
            <p>
              Without password and words nobody can open your letters: not you, not we, not anybody who asks
              us to.
            </p>
          </PageHeading>
          <Notice kind="info" title="Before you do this">
            <ul>
              <li>Letters you have received and sent stay here, and stay sealed for good. Drafts too.</li>
              <li>
                Your friends keep their copies and can read them as before. They can send you a letter again.
              </li>
              <li>You keep your name, your friends and your friend code, and get new keys and new words.</li>
              <li>Your friends see that your safety number has changed.</li>
            </ul>
            <p>Look once more for the paper with the twelve words.</p>
            <p>
              <Link to={`/reset/${token}`}>I have found my words</Link>
            </p>
          </Notice>
        </>
      }
      refused={refused?.problem}
      reset={async (...given) => {
        const { startAfresh } = await import('./start-afresh.ts');
        return startAfresh(...given);
      }}
      fields={({ wrong, busy }) => (
        <>
          <ResetFields wrong={wrong} />
          <Understood wrong={wrong.understood !== undefined} />
          <SubmitButton kind="danger" pending={busy} pendingLabel="Making new keys…">
            Start afresh
          </SubmitButton>
        </>
      )}
    />
  );
}

function Understood({ wrong }: { wrong: boolean }) {
  return (
    <div className="field">
      <label className="check">
        <input
          id="understood"
          type="checkbox"
          {...useFieldName('understood')}
          value="yes"
          aria-invalid={wrong ? true : undefined}
        />
        <span>I understand that my old letters stay sealed for good.</span>
      </label>
    </div>
  );
}
