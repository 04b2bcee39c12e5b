import { useNavigate } from '@remix-run/react';
import { type ReactNode, useState } from 'react';
import { ErrorSummary, Notice, SealedForm } from '../components/index.ts';

interface Problem {
  message: string;
  fields: Record<string, string>;
}

/** The form of a deletion in a sealed session: the password stays here, and what it becomes goes to the server. */
export function SealedDeletion({
  username,
  children,
}: {
  username: string;
  children: (state: { wrong: Record<string, string>; busy: boolean }) => ReactNode;
}) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const navigate = useNavigate();
  const ask = async (fields: FormData) => {
    if (busy) return;
    setBusy(true);
    const [{ browserApi, refusalOf }, { proofOf }] = await Promise.all([
      import('../browser-api.ts'),
      import('./prove-password.ts'),
    ]);
    try {
      const proof = await proofOf(username, String(fields.get('current') ?? ''));
      await browserApi.deletion.ask.mutate({ username: String(fields.get('username') ?? ''), proof });
      navigate('/settings/delete?done=asked');
    } catch (error) {
      const message = 'That could not be noted just now. Please try again.';
      setProblem(refusalOf(error) ?? { message, fields: {} });
    } finally {
      setBusy(false);
    }
  };
  const wrong = problem?.fields ?? {};
  return (
    <>
      <ErrorSummary fields={wrong} />
      {problem && Object.keys(wrong).length === 0 ? <Notice kind="error">{problem.message}</Notice> : null}
      <SealedForm className="form" onSeal={ask}>
        {children({ wrong, busy })}
      </SealedForm>
    </>
  );
}
