import { useState } from 'react';
import type { FormProblem } from '#app/http/errors.server.ts';
import { loadKeys } from '#app/modes/browser-access.ts';
import { type RunInBrowser, TaskForm } from '#app/modes/task-form.tsx';
import { KeysAway } from '#app/modes/unlock/waiting-pages.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';
import { MINUTE } from '#core/durations.ts';

type State = { step: 'asking' | 'away' } | { step: 'making' | 'made'; done: number };

export function ExportForm({ problem }: { problem: FormProblem | null }) {
  const [state, setState] = useState<State>({ step: 'asking' });
  const makeInBrowser: RunInBrowser = async ({ api, username, prove }) => {
    setState({ step: 'making', done: 0 });
    try {
      const { makeArchive } = await import('./make-archive.ts');
      const keys = await loadKeys(username);
      if (!keys) return setState({ step: 'away' });
      const proof = await prove();
      const { fileName } = await api.exports.begin.mutate({ proof });
      let done = 0;
      const archive = await makeArchive(keys, (now) => {
        done = now;
        setState({ step: 'making', done });
      });
      saveFile(archive, fileName);
      setState({ step: 'made', done });
    } catch (error) {
      setState({ step: 'asking' });
      throw error;
    }
  };
  if (state.step === 'away') return <KeysAway what="your letters" />;
  const making = state.step === 'making' ? `Opening ${countOf(state.done)}` : undefined;
  return (
    <>
      {state.step === 'made' ? (
        <Notice kind="success">Done: {countOf(state.done)}. Look in your Downloads folder.</Notice>
      ) : null}
      <TaskForm
        kind="user"
        run={makeInBrowser}
        problem={problem}
        problemShown
        // The answer is a file, not a page.
        posting={{ action: '/settings/export/archive', reloadDocument: true }}
        derives={false}
      >
        <PasswordField hint="To make sure it’s you." />
        <SubmitButton pendingLabel={making && `${making}…`}>Download my letters</SubmitButton>
        <p role="status" className="visually-hidden">
          {making}
        </p>
      </TaskForm>
    </>
  );
}

const countOf = (done: number) => (done === 0 ? 'your letters' : done === 1 ? '1 letter' : `${done} letters`);

function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read the file only after this turn.
  setTimeout(() => URL.revokeObjectURL(address), MINUTE);
}
