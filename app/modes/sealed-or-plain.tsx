import type { ReactNode } from 'react';
import { ScriptLate } from '../ui/script-late.tsx';
import { useIsHydrated } from '../ui/use-is-hydrated.ts';
import { InsecureContext, useIsInsecure } from './insecure-context.tsx';

const plainly = 'switch JavaScript off for this site: it works without, too.';

/**
 * A form that takes a password or recovery words, twice: `sealed` works in the browser and is drawn by the script, so that
 * nothing can be posted before it is ready; `plain` is there where no script runs. Over plain http browsers lack what
 * `sealed` needs, and the page says so instead.
 */
export function SealedOrPlain({ sealed, plain }: { sealed: ReactNode; plain: ReactNode }) {
  const isHydrated = useIsHydrated();
  const isInsecure = useIsInsecure();
  return (
    <>
      <noscript>{plain}</noscript>
      {isInsecure ? <InsecureContext /> : isHydrated ? sealed : <ScriptLate otherwise={plainly} />}
    </>
  );
}
