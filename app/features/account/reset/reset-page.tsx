import { useLoaderData } from '@remix-run/react';
import { type ReactNode, useState } from 'react';
import type { FormProblem } from '#app/http/errors.server.ts';
import { PlainTask } from '#app/modes/plain-task.tsx';
import { SealedOrPlain } from '#app/modes/sealed-or-plain.tsx';
import { type FieldsState, SealedTask } from '#app/modes/sealed-task.tsx';
import { CodeField } from '#app/modes/unlock/code-field.tsx';
import { Page } from '#app/ui/page.tsx';
import { NewPasswordFields } from '../password/new-password-fields.tsx';
import { type MadeWords, NewWords } from '../words/new-words.tsx';
import type { loadResetLink } from './load-reset-link.server.ts';
import { OnlyWithScript } from './only-with-script.tsx';
import { SpentLink } from './spent-link.tsx';

/** A page behind a reset link, whose form ends with a new password and new words. */
export function ResetPage({
  before,
  after,
  fields,
  refused,
  reset,
}: {
  /** Above the form, and below it. */
  before: ReactNode;
  after?: ReactNode;
  fields: (state: FieldsState) => ReactNode;
  /** What the form was refused for when it was posted. */
  refused: FormProblem | undefined;
  /** The same in the browser: what was typed stays there. */
  reset: (token: string, typed: Record<string, FormDataEntryValue>) => Promise<MadeWords>;
}) {
  const { works, token, username, problem, assistedForbidden } = useLoaderData<typeof loadResetLink>();
  const [made, setMade] = useState<MadeWords | null>(null);
  if (made) {
    return (
      <Page width="form">
        <NewWords {...made} />
      </Page>
    );
  }
  if (!works) return <SpentLink />;
  const work = async (given: FormData) => {
    setMade(await reset(token, Object.fromEntries(given)));
    return 'staying' as const;
  };
  const plain = assistedForbidden ? (
    <OnlyWithScript />
  ) : (
    <PlainTask problem={refused ?? problem}>{fields}</PlainTask>
  );
  const sealed = (
    <SealedTask problem={problem} work={work}>
      {fields}
    </SealedTask>
  );
  return (
    <Page width="form">
      {before}
      {username ? (
        <p>
          For the account <strong>{username}</strong>.
        </p>
      ) : null}
      <SealedOrPlain sealed={sealed} plain={plain} />
      {after}
    </Page>
  );
}

/** The new password, and the code of a second factor where there is one. */
export function ResetFields({ wrong }: Pick<FieldsState, 'wrong'>) {
  const { asksForCode } = useLoaderData<typeof loadResetLink>();
  return (
    <>
      <NewPasswordFields wrong={wrong} />
      {asksForCode || wrong.code ? <CodeField error={wrong.code} /> : null}
    </>
  );
}
