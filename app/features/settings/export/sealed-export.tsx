import { useState } from 'react';
import type { FormProblem } from '#app/http/errors.server.ts';
import { keysOf } from '#app/modes/open-sealed.ts';
import { ScriptIsOff } from '#app/modes/script-is-off.tsx';
import { KeysAway } from '#app/modes/unlock/waiting-pages.tsx';
import { explainFailure } from '#app/modes/use-sealing.ts';
import { FormProblem as Problem } from '#app/ui/form-problem.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { SealedForm } from '#app/ui/sealed-fields.tsx';
import { ExportFields } from './export-fields.tsx';

type State =
  | { step: 'asking'; problem: FormProblem | null }
  | { step: 'making'; done: number }
  | { step: 'made'; done: number }
  | { step: 'away' };

/** In a sealed session the archive is made here: the server sees no letter and no password. */
export function SealedExport({ username }: { username: string }) {
  const [state, setState] = useState<State>({ step: 'asking', problem: null });
  const make = async (fields: FormData) => {
    if (state.step === 'making') return;
    setState({ step: 'making', done: 0 });
    try {
      const [{ browserApi }, { proofOf }, { makeArchive }] = await Promise.all([
        import('#app/browser/browser-api.ts'),
        import('#app/browser/session/prove-password.ts'),
        import('./make-archive.ts'),
      ]);
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
      setState({ step: 'asking', problem: await explainFailure(error) });
    }
  };
  if (state.step === 'away') return <KeysAway what="your letters" />;
  const problem = state.step === 'asking' ? state.problem : null;
  const wrong = problem?.fields ?? {};
  const making = state.step === 'making' ? `Opening ${countOf(state.done)}` : undefined;
  return (
    <>
      <ScriptIsOff />
      <Problem problem={problem} />
      {state.step === 'made' ? (
        <Notice kind="success">
          Your copy is made, of {countOf(state.done)}. Your browser has put it where it puts downloads.
        </Notice>
      ) : null}
      <SealedForm className="form" onSeal={make}>
        <ExportFields wrong={wrong} making={making && `${making}…`} />
        <p role="status" className="visually-hidden">
          {making}
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
