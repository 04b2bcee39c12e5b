import { useLocation } from '@remix-run/react';
import { useState } from 'react';
import type { FormProblem } from '../http/errors.server.ts';

const partMissing =
  'Part of this page couldn’t be loaded, so nothing was done. Reload the page when you’re back online.';

/** {@link problemOf} is loaded only once something has failed, and may then not come at all: this always has a sentence. */
export async function explainFailure(error: unknown): Promise<FormProblem> {
  const part = { message: partMissing, fields: {} };
  // In each browser's words. It is not tried again by this page, however often somebody presses.
  if (error instanceof TypeError && /module/i.test(error.message)) return part;
  try {
    const { problemOf } = await import('../browser/problem-of.ts');
    return await problemOf(error);
  } catch {
    return part;
  }
}

/**
 * A form whose work is done in the browser: `onSeal` is for its `SealedForm`. A second press during the work does nothing.
 *
 * @param work answers `leaving` when the browser is on its way to another page; what it throws is shown with the form
 */
export function useSealing(work: (fields: FormData) => Promise<'leaving' | 'staying'>) {
  const { key } = useLocation();
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<FormProblem | null>(null);
  /** The page that is being left. */
  const [left, setLeft] = useState<string | null>(null);
  const busy = working || left === key;
  const onSeal = async (fields: FormData) => {
    if (busy) return;
    setWorking(true);
    setProblem(null);
    try {
      if ((await work(fields)) === 'leaving') setLeft(key);
    } catch (error) {
      setProblem(await explainFailure(error));
    }
    setWorking(false);
  };
  return { busy, problem, onSeal };
}
