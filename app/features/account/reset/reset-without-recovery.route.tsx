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

export const meta: MetaFunction = () => [{ title: 'Start over · Project BFF' }];

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
          <PageHeading title="Start over">
            <p>
              Without your password or recovery words, no one can open your letters: not you, not us, not
              anyone who asks us.
            </p>
          </PageHeading>
          <Notice kind="info" title="Before you do this">
            <ul>
              <li>Your letters and drafts stay here, but can never be opened again.</li>
              <li>Your friends can still read their copies, and can send you a letter again.</li>
              <li>
                You keep your name, your friends and your friend code. You’ll get new keys and new recovery
                words.
              </li>
              <li>Your friends will see that your safety number has changed.</li>
            </ul>
            <p>Have one more look for the paper with your twelve words.</p>
            <p>
              <Link to={`/reset/${token}`}>I’ve found my recovery words</Link>
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
        Start over
      </SubmitButton>
    </ResetPage>
  );
}

function Understood() {
  const { wrong } = useFormState();
  return (
    <div className={wrong.understood ? 'field field-wrong' : 'field'}>
      {wrong.understood ? (
        <p id="understood-error" className="field-error">
          {wrong.understood}
        </p>
      ) : null}
      <label className="check">
        <input
          id="understood"
          type="checkbox"
          {...useFieldName('understood')}
          value="yes"
          aria-describedby={wrong.understood ? 'understood-error' : undefined}
          aria-invalid={wrong.understood ? true : undefined}
        />
        <span>I understand that my old letters can never be opened again.</span>
      </label>
    </div>
  );
}
