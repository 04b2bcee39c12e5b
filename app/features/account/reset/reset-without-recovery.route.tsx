import type { MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { sessionHeaders } from '#app/http/session.server.ts';
import { visitorAction } from '#app/modes/task-form.server.ts';
import { SubmitButton } from '#app/ui/button.tsx';
import { useFormState } from '#app/ui/form-state.ts';
import { Notice } from '#app/ui/notice.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { useFieldName } from '#app/ui/sealed-fields.tsx';
import { loadResetLink } from './load-reset-link.server.ts';
import { ResetFields, ResetPage } from './reset-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Starting afresh · Project BFF' }];

export const loader = loadResetLink;

export const action = visitorAction([], async ({ api, context, params, fields }) => {
  const { password = '', confirm = '', code } = fields;
  const token = params.token ?? '';
  const understood = (fields.understood === 'yes') as true;
  const session = await api.accounts.resetWithoutRecovery.mutate({
    token,
    understood,
    password,
    confirm,
    code,
  });
  return redirect('/join/words', { headers: sessionHeaders(context, session) });
});

export default function ResetWithoutRecovery() {
  const { token } = useLoaderData<typeof loader>();
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
      reset={async (...given) => {
        const { resetWithoutRecovery } = await import('./reset-without-recovery.ts');
        return resetWithoutRecovery(...given);
      }}
    >
      <ResetFields />
      <Understood />
      <SubmitButton kind="danger" pendingLabel="Making new keys…">
        Start afresh
      </SubmitButton>
    </ResetPage>
  );
}

function Understood() {
  const { wrong } = useFormState();
  return (
    <div className="field">
      <label className="check">
        <input
          id="understood"
          type="checkbox"
          {...useFieldName('understood')}
          value="yes"
          aria-invalid={wrong.understood ? true : undefined}
        />
        <span>I understand that my old letters stay sealed for good.</span>
      </label>
    </div>
  );
}
