import type { ReactNode } from 'react';
import { ScriptLate } from './script-late.tsx';
import { useIsHydrated } from './use-is-hydrated.ts';

const plainly = 'switch JavaScript off for this site: it works without, too.';

/**
 * A form that takes a password or recovery words, twice: `sealed` works in the browser and is drawn by the script, so that
 * nothing can be posted before it is ready; `plain` is there where no script runs.
 */
export function SealedOrPlain({ sealed, plain }: { sealed: ReactNode; plain: ReactNode }) {
  return (
    <>
      <noscript>{plain}</noscript>
      {useIsHydrated() ? sealed : <ScriptLate otherwise={plainly} />}
    </>
  );
}
