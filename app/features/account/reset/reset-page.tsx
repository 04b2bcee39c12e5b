import { useLoaderData } from '@remix-run/react';
import { type ReactNode, useState } from 'react';
import { TaskForm } from '#app/modes/task-form.tsx';
import { CodeField } from '#app/modes/unlock/code-field.tsx';
import { useFormState } from '#app/ui/form-state.ts';
import { Page } from '#app/ui/page.tsx';
import { NewPasswordFields } from '../password/new-password-fields.tsx';
import { type MadePhrase, NewPhrase } from '../words/new-phrase.tsx';
import type { loadResetLink } from './load-reset-link.server.ts';
import { OnlyWithScript } from './only-with-script.tsx';
import { SpentLink } from './spent-link.tsx';

/** A page behind a reset link. Its form sets a new password and creates new recovery words. */
export function ResetPage({
  before,
  after,
  reset,
  children,
}: {
  before: ReactNode;
  after?: ReactNode;
  /** Does the action's work in the browser, so that nothing typed leaves it. */
  reset: (token: string, typed: Record<string, string>) => Promise<MadePhrase>;
  children: ReactNode;
}) {
  const { works, token, username, problem, assistedForbidden } = useLoaderData<typeof loadResetLink>();
  const [phrase, setPhrase] = useState<MadePhrase | null>(null);
  if (phrase) {
    return (
      <Page width="form">
        <NewPhrase {...phrase} />
      </Page>
    );
  }
  if (!works) return <SpentLink />;
  return (
    <Page width="form">
      {before}
      {username ? (
        <p>
          For the account <strong>{username}</strong>.
        </p>
      ) : null}
      <TaskForm
        kind="visitor"
        problem={problem}
        plain={assistedForbidden ? <OnlyWithScript /> : undefined}
        run={async ({ fields }) => setPhrase(await reset(token, fields))}
      >
        {children}
      </TaskForm>
      {after}
    </Page>
  );
}

/** The new password, and the code of a second factor if the account has one. */
export function ResetFields() {
  const { asksForCode } = useLoaderData<typeof loadResetLink>();
  const { wrong } = useFormState();
  return (
    <>
      <NewPasswordFields />
      {asksForCode || wrong.code ? <CodeField /> : null}
    </>
  );
}
