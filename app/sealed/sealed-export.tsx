import { useState } from 'react';
import { ErrorSummary, Field, Notice, SealedForm, SubmitButton } from '../components/index.ts';
import { keysOf } from './open-sealed.ts';
import { KeysAway } from './waiting-pages.tsx';

type State =
  | { step: 'asking'; problem: { message: string; fields: Record<string, string> } | null }
  | { step: 'making'; done: number }
  | { step: 'made'; done: number }
  | { step: 'away' };

/** In a sealed session the archive is made here: the server sees no letter and no password. */
export function SealedExport({ username }: { username: string }) {
  const [state, setState] = useState<State>({ step: 'asking', problem: null });
  const make = async (fields: FormData) => {
    if (state.step === 'making') return;
    setState({ step: 'making', done: 0 });
    const [{ browserApi, refusalOf }, { proofOf }, { makeArchive }] = await Promise.all([
      import('../browser-api.ts'),
      import('./prove-password.ts'),
      import('./make-archive.ts'),
    ]);
    try {
      const keys = await keysOf(username);
      if (!keys) return setState({ step: 'away' });
      const proof = await proofOf(username, String(fields.get('current') ?? ''));
      const { fileName } = await browserApi.exports.begin.mutate({ proof });
      let done = 0;
      const archive = await makeArchive(keys, (now) => {
        done = now;
        setState({ step: 'making', done });
      });
      saveFile(archive, fileName);
      setState({ step: 'made', done });
    } catch (error) {
      const message = 'The copy could not be made just now. Please try again.';
      setState({ step: 'asking', problem: refusalOf(error) ?? { message, fields: {} } });
    }
  };
  if (state.step === 'away') return <KeysAway />;
  const problem = state.step === 'asking' ? state.problem : null;
  const wrong = problem?.fields ?? {};
  return (
    <>
      <ErrorSummary fields={wrong} />
      {problem && Object.keys(wrong).length === 0 ? <Notice kind="error">{problem.message}</Notice> : null}
      {state.step === 'made' ? (
        <Notice kind="success">
          Your copy is made, of {countOf(state.done)}. Your browser has put it where it puts downloads.
        </Notice>
      ) : null}
      <SealedForm className="form" onSeal={make}>
        <Field
          name="current"
          type="password"
          label="Your password"
          hint="Once more, so that nobody takes your letters along who finds your device open."
          error={wrong.current}
          required
          autoComplete="current-password"
        />
        <SubmitButton
          pending={state.step === 'making'}
          pendingLabel={state.step === 'making' ? `Opening ${countOf(state.done)}…` : undefined}
        >
          Download my letters
        </SubmitButton>
        <p role="status" className="visually-hidden">
          {state.step === 'making' ? `Opening ${countOf(state.done)}` : ''}
        </p>
      </SealedForm>
    </>
  );
}

const countOf = (done: number) =>
  done === 0 ? 'your letters' : done === 1 ? 'one letter' : `${done} letters`;

function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read the file only after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
