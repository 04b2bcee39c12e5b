import { useState } from 'react';
import type { FormProblem } from '../errors.server.ts';

/**
 * A form whose work is done in the browser: `onSeal` is for its `SealedForm`. A second press during the work does nothing.
 *
 * @param work answers `leaving` when the browser is on its way to another page; what it throws is shown with the form
 */
export function useSealing(work: (fields: FormData) => Promise<'leaving' | 'staying'>) {
  const [state, setState] = useState<{ busy: boolean; problem: FormProblem | null }>({
    busy: false,
    problem: null,
  });
  const onSeal = async (fields: FormData) => {
    if (state.busy) return;
    setState({ busy: true, problem: null });
    try {
      const end = await work(fields);
      setState({ busy: end === 'leaving', problem: null });
    } catch (error) {
      const { problemOf } = await import('./problem-of.ts');
      setState({ busy: false, problem: await problemOf(error) });
    }
  };
  return { ...state, onSeal };
}
