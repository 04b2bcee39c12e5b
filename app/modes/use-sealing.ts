import { useLocation } from '@remix-run/react';
import { useState } from 'react';
import type { FormProblem } from '../http/errors.server.ts';

const partMissing =
  'Part of this page couldn’t be loaded, so nothing was done. Reload the page when you’re back online.';

/**
 * Explains why work in the browser failed. {@link problemOf} is loaded only then, and if that fails
 * too, there is still a message.
 */
export async function explainFailure(error: unknown): Promise<FormProblem> {
  const part = { message: partMissing, fields: {} };
  // Each browser words this differently. The page never retries a failed import.
  if (error instanceof TypeError && /module/i.test(error.message)) return part;
  try {
    const { problemOf } = await import('../browser/problem-of.ts');
    return await problemOf(error);
  } catch {
    return part;
  }
}

/**
 * Runs a form's work in the browser; pass `onSeal` to its `SealedForm`. Ignores further clicks
 * while it is running.
 *
 * @param work returns `leaving` when the browser is about to load another page; the form shows what
 *   it throws
 */
export function useSealing(work: (fields: FormData) => Promise<'leaving' | 'staying'>) {
  const { key } = useLocation();
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<FormProblem | null>(null);
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
